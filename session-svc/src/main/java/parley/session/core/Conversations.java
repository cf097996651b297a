package parley.session.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import parley.domain.Principal;
import parley.relay.Receipt;
import parley.relay.Relay;
import parley.relay.SessionFacts;
import parley.relay.Sign;
import parley.session.core.port.Outlet;

/// All conversations of a node: opens streams, and does what comes without a stream. Thread-safe;
/// what returns a result waits for the commit and is for virtual threads.
public final class Conversations {
  private final StreamServices services;
  private final Departures departures;
  private final Recall recall;
  private final Set<MemberStream> streams = ConcurrentHashMap.newKeySet();
  private volatile boolean draining;
  private volatile boolean suspended;
  private volatile boolean shut;
  private volatile Predicate<Principal> revoked = _ -> false;

  private Conversations(StreamServices services) {
    this.services = services;
    this.departures = new Departures(services);
    this.recall = new Recall(services.ports());
  }

  /// @param errands told when members come and go
  public static Conversations over(
      Relay relay,
      ConversationPorts ports,
      MemberErrands errands,
      SessionLimits limits,
      PresenceTimes presence,
      NodeSources sources) {
    TextSender sender =
        new TextSender(
            relay, ports.bodies(), limits, new Paces(limits, sources.clock()), sources.clock());
    return new Conversations(
        new StreamServices(
            relay,
            sender,
            new TypingSender(relay, ports.timers()),
            new ReceiptSender(relay, ports.timers()),
            ports,
            errands,
            limits,
            presence,
            sources));
  }

  /// From now on nobody whom this knows gets in, however late it is known.
  public void guard(Predicate<Principal> isRevoked) {
    revoked = isRevoked;
  }

  public Departures departures() {
    return departures;
  }

  public Recall recall() {
    return recall;
  }

  /// Nobody is known to be good: nothing is taken but farewells.
  public boolean isShut() {
    return shut;
  }

  /// A stream that waits for `enter`. It writes to `outlet` alone.
  public MemberStream open(Principal caller, Outlet outlet) {
    MemberStream stream = new MemberStream(services, caller, outlet, streams::remove);
    streams.add(stream);
    if (draining || suspended) {
      stream.drain();
    }
    if (revoked.test(caller)) { // since it was let in, and before it was here to be told
      stream.revoked();
    }
    return stream;
  }

  /// Does everything in order and waits for what became of the texts.
  public SendResult send(Admission sender, long attachment, List<Upward> frames) {
    List<CompletableFuture<Optional<TextOutcome>>> waiting = new ArrayList<>();
    boolean leaves = false;
    for (Upward frame : frames) {
      switch (frame) {
        case Upward.Text text -> waiting.add(send(sender, attachment, text));
        case Upward.Typing _ -> services.typing().typing(sender, attachment);
        case Upward.Received(var upTo) -> services.receipts().received(sender, attachment, upTo);
        case Upward.Leave _ -> leaves = true;
        case Upward.HeartbeatAnswer _, Upward.Unread _ -> {}
      }
    }
    boolean left = !leaves || departures.leave(sender);
    Duration deadline = services.ports().timers().now().plus(Waiting.PATIENCE);
    List<TextOutcome> outcomes = new ArrayList<>();
    for (var one : waiting) {
      Duration patience = deadline.minus(services.ports().timers().now());
      Waiting.atMost(patience, one).ifPresent(outcomes::add);
    }
    return left && outcomes.size() == waiting.size()
        ? new SendResult.Answered(outcomes)
        : new SendResult.Unavailable();
  }

  /// A sign of life, and how far the member has come; the stream may be at another node.
  public AcknowledgeResult acknowledge(Admission member, long attachment, Receipt upTo) {
    services.receipts().received(member, attachment, upTo);
    Waiting.ForFacts reply = new Waiting.ForFacts();
    services.relay().note(member.session(), member.member(), attachment, Sign.HERE, reply);
    Optional<Optional<SessionFacts>> answer = reply.await();
    if (answer.isEmpty()) {
      return AcknowledgeResult.UNAVAILABLE;
    }
    return answer
        .get()
        .filter(facts -> facts.state().open())
        .map(
            facts ->
                facts.state().member(member.member()).attachment() == attachment
                    ? AcknowledgeResult.ACKNOWLEDGED
                    : AcknowledgeResult.STALE_ATTACHMENT)
        .orElse(AcknowledgeResult.NOT_OPEN);
  }

  /// Ends the streams of everyone who was revoked.
  public void revoke(Predicate<Principal> revoked) {
    for (MemberStream stream : streams) {
      if (revoked.test(stream.caller())) {
        stream.revoked();
      }
    }
  }

  /// Nobody enters from here on; streams that are open go on.
  public void suspend() {
    suspended = true;
  }

  public void goOn() {
    suspended = false;
    shut = false;
  }

  /// Ends every stream with resume; from here on nothing is taken without one either.
  public void interrupt() {
    shut = true;
    streams.forEach(MemberStream::interrupted);
  }

  /// Tells every stream to resume elsewhere, each at a moment of its own; those that are opened
  /// from now on at once.
  ///
  /// @param spread till the last is told
  public void drain(Duration spread) {
    draining = true;
    for (MemberStream stream : streams) {
      double part = services.sources().random().nextDouble();
      Duration when = Duration.ofNanos((long) (spread.toNanos() * part));
      var _ = services.ports().timers().after(when, stream::drain);
    }
  }

  public int streams() {
    return streams.size();
  }

  private CompletableFuture<Optional<TextOutcome>> send(
      Admission sender, long attachment, Upward.Text text) {
    CompletableFuture<Optional<TextOutcome>> waiting = new CompletableFuture<>();
    services
        .sender()
        .send(
            sender,
            attachment,
            text,
            new TextReply() {
              @Override
              public void outcome(Outcome outcome) {
                waiting.complete(Optional.of(new TextOutcome(text.sequence(), outcome)));
              }

              @Override
              public void unavailable() {
                waiting.complete(Optional.empty());
              }
            });
    return waiting;
  }
}
