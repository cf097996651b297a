package parley.session.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import parley.domain.Principal;
import parley.relay.Body;
import parley.relay.Bucket;
import parley.relay.FactsReply;
import parley.relay.Relay;
import parley.relay.SessionFacts;
import parley.relay.Sign;
import parley.session.core.port.Outlet;

/// All conversations of a node: opens streams, and does what comes without a stream. Thread-safe;
/// what returns a result waits for the commit and is for virtual threads.
public final class Conversations {
  /// Longer than the relay needs to give up.
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final Body NO_BODY = Body.of(new byte[0]);

  private final StreamServices services;
  private final Set<MemberStream> streams = ConcurrentHashMap.newKeySet();
  private volatile boolean draining;
  private volatile boolean suspended;

  private Conversations(StreamServices services) {
    this.services = services;
  }

  /// @param settling told when somebody may wait to hear who entered
  public static Conversations over(
      Relay relay,
      ConversationPorts ports,
      SettleErrands settling,
      SessionLimits limits,
      PresenceTimes presence,
      NodeSources sources) {
    TextSender sender =
        new TextSender(
            relay, ports.bodies(), limits, new Paces(limits, sources.clock()), sources.clock());
    return new Conversations(
        new StreamServices(relay, sender, ports, settling, limits, presence, sources));
  }

  /// A stream that waits for `enter`. It writes to `outlet` alone.
  public MemberStream open(Principal caller, Outlet outlet) {
    MemberStream stream = new MemberStream(services, caller, outlet, streams::remove);
    streams.add(stream);
    if (draining || suspended) {
      stream.drain();
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
        case Upward.Typing _ ->
            services.relay().murmur(sender.session(), sender.member(), attachment, NO_BODY);
        case Upward.Leave _ -> leaves = true;
        case Upward.HeartbeatAnswer _, Upward.Unread _ -> {}
      }
    }
    boolean left = !leaves || leave(sender);
    List<TextOutcome> outcomes = new ArrayList<>();
    for (var one : waiting) {
      await(one).ifPresent(outcomes::add);
    }
    return left && outcomes.size() == waiting.size()
        ? new SendResult.Answered(outcomes)
        : new SendResult.Unavailable();
  }

  /// Ends the session for everybody; ended already, nothing happens. False if the log cannot be
  /// reached.
  public boolean leave(Admission member) {
    services.ports().journal().left(member);
    Waiting reply = new Waiting();
    services.relay().close(member.session(), CloseReason.LEFT.by(member.member()), reply);
    Optional<Optional<SessionFacts>> answer = await(reply.answer);
    services.settling().soon(Bucket.of(member.session()));
    return answer.isPresent();
  }

  /// A sign of life; the stream may be at another node.
  public AcknowledgeResult acknowledge(Admission member, long attachment) {
    Waiting reply = new Waiting();
    services.relay().note(member.session(), member.member(), attachment, Sign.HERE, reply);
    Optional<Optional<SessionFacts>> answer = await(reply.answer);
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
  }

  /// Ends every stream with resume.
  public void interrupt() {
    streams.forEach(MemberStream::interrupted);
  }

  /// Tells every stream to resume elsewhere, those that are opened from now on too.
  public void drain() {
    draining = true;
    streams.forEach(MemberStream::drain);
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

  private static <T> Optional<T> await(CompletableFuture<Optional<T>> answer) {
    try {
      return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException tooLong) {
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static final class Waiting implements FactsReply {
    private final CompletableFuture<Optional<Optional<SessionFacts>>> answer =
        new CompletableFuture<>();

    @Override
    public void answered(Optional<SessionFacts> facts) {
      answer.complete(Optional.of(facts));
    }

    @Override
    public void unavailable() {
      answer.complete(Optional.empty());
    }
  }
}
