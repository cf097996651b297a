package parley.session.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import parley.domain.Position;
import parley.domain.Principal;
import parley.relay.Arrival;
import parley.relay.Attendance;
import parley.relay.Body;
import parley.relay.Closing;
import parley.relay.LogEntry;
import parley.relay.Receipt;
import parley.relay.ResetReason;
import parley.relay.SessionFacts;
import parley.relay.Sign;
import parley.relay.Subscriber;
import parley.relay.Subscription;
import parley.session.core.port.Outlet;

/// One live stream of one member, whichever face it has: what comes up from the client, what comes
/// from the relay, and what time and operators do to it, one after the other.
///
/// It ends once, by an `end` frame, a refusal, or because the client is gone; after that every
/// input is ignored. Half-close is no input: it means nothing.
public final class MemberStream implements Subscriber {
  private final StreamServices services;
  private final Principal caller;
  private final StreamOutput output;
  private final Consumer<MemberStream> onGone;
  private final Map<Integer, Presence> presences = new HashMap<>();
  private final ReceiptBoard receipts = new ReceiptBoard();
  private @Nullable StreamAlarms alarms;
  private StreamState state;

  MemberStream(
      StreamServices services, Principal caller, Outlet outlet, Consumer<MemberStream> onGone) {
    this.services = services;
    this.caller = caller;
    this.output = new StreamOutput(services.ports().bodies(), outlet);
    this.onGone = onGone;
    this.state =
        new StreamState.AwaitingEntry(
            services.ports().timers().after(services.limits().enterWithin(), this::entryIsOverdue));
  }

  public Principal caller() {
    return caller;
  }

  /// The first frame.
  public synchronized void enter(Admission admission, @Nullable Position position) {
    switch (state) {
      case StreamState.AwaitingEntry waiting -> {
        waiting.deadline().cancel();
        Arrival arrival =
            new Arrival(
                admission.session(),
                admission.member(),
                admission.kinds().size(),
                admission.enterBy(),
                position,
                new Attendance(
                    admission.who(), services.ports().bodies().encode(About.of(admission))));
        state = new StreamState.Entering(admission, services.relay().attach(arrival, this));
      }
      case StreamState.Entering _, StreamState.Replaying _, StreamState.Live _ ->
          refuse(Refusal.ENTERED_TWICE);
      case StreamState.Ended _ -> {}
    }
  }

  /// Any other frame.
  public synchronized void received(Upward frame) {
    switch (state) {
      case StreamState.AwaitingEntry _, StreamState.Entering _ -> refuse(Refusal.NOT_ENTERED);
      case StreamState.Replaying replaying -> replaying.input().received(frame);
      case StreamState.Live live -> live.input().received(frame);
      case StreamState.Ended _ -> {}
    }
  }

  /// The transport takes more.
  public void writable() {
    subscription().ifPresent(Subscription::ready);
  }

  /// The client is gone. Not leaving: it may come back.
  public synchronized void cancelled() {
    finish();
  }

  /// This node is going away.
  public synchronized void drain() {
    endOrRefuse(EndReason.DRAIN);
  }

  /// This node cannot go on with it just now.
  public synchronized void interrupted() {
    endOrRefuse(EndReason.UNAVAILABLE);
  }

  public synchronized void revoked() {
    endOrRefuse(EndReason.REVOKED);
  }

  @Override
  public synchronized void attached(SessionFacts facts) {
    if (!(state instanceof StreamState.Entering(var self, var subscription))) {
      return;
    }
    long attachment = facts.state().member(self.member()).attachment();
    LifeSigns signs = new LifeSigns(services, self, attachment, this::lookForLife);
    StreamInput input = new StreamInput(services, self, attachment, output, signs, new Answered());
    state = new StreamState.Replaying(self, subscription, input);
    services.ports().journal().entered(self, attachment);
    services.settling().entered(self.session(), facts.state());
    send(entered(self, facts));
    output.takeMore(services.limits().outstanding());
    alarms = startAlarms();
  }

  @Override
  public synchronized void entries(List<LogEntry> entries, int epoch) {
    self()
        .ifPresent(
            self -> {
              for (LogEntry entry : entries) {
                output.take(self, state instanceof StreamState.Live, entry, epoch);
              }
            });
  }

  @Override
  public synchronized void caughtUp(Position position) {
    if (state instanceof StreamState.Replaying(var self, var subscription, var input)) {
      state = new StreamState.Live(self, subscription, input);
      send(new StreamEvent.CaughtUp(position));
    }
  }

  @Override
  public synchronized void reset(ResetReason reason, Position resumeAt) {
    if (self().isPresent()) {
      output.forgetCommitted();
      send(new StreamEvent.Reset(reason, resumeAt));
    }
  }

  @Override
  public synchronized void memberHere(int member) {
    moved(member, Presence.HERE);
  }

  @Override
  public synchronized void memberAway(int member) {
    moved(member, Presence.AWAY);
  }

  @Override
  public synchronized void signed(Sign sign) {
    input().ifPresent(input -> input.signs().told(sign));
  }

  @Override
  public synchronized void murmured(int member, Body body) {
    if (self().isPresent() && output.ready()) { // nobody needs to hear of it later
      send(new StreamEvent.PeerTyping(member, TypingSender.LIVES));
    }
  }

  @Override
  public synchronized void receipted(int member, Receipt receipt) {
    self()
        .flatMap(self -> receipts.news(member, self.readReceipts().visible(receipt)))
        .ifPresent(this::send);
  }

  @Override
  public synchronized void batchEnded() {
    flush(null);
  }

  @Override
  public boolean ready() {
    return output.ready();
  }

  @Override
  public synchronized void takenOver() {
    end(EndReason.TAKEN_OVER);
  }

  @Override
  public synchronized void closed(Closing closing) {
    self().ifPresent(self -> end(CloseReason.endFor(self.member(), closing)));
  }

  /// There is somebody to look for again, and nothing else to do.
  @Override
  public synchronized void tooLate() {
    end(EndReason.NO_SHOW);
  }

  @Override
  public synchronized void unavailable() {
    endOrRefuse(EndReason.UNAVAILABLE);
  }

  private synchronized void entryIsOverdue() {
    if (state instanceof StreamState.AwaitingEntry) {
      refuse(Refusal.NOT_ENTERED);
    }
  }

  private synchronized void lookForLife() {
    input().ifPresent(input -> input.signs().look());
  }

  private void moved(int member, Presence presence) {
    self()
        .filter(_ -> presences.put(member, presence) != presence)
        .ifPresent(self -> send(new StreamEvent.MemberMoved(self, member, presence)));
  }

  private synchronized void isOld() {
    end(EndReason.MAX_AGE);
  }

  private synchronized void beat() {
    if (alarms != null && self().isPresent()) {
      send(new StreamEvent.Heartbeat());
      alarms.beatAgain(services.limits().heartbeatEvery(), this::beat);
    }
  }

  private synchronized void answered(OutcomeOrder.Slot slot, Outcome outcome) {
    slot.answered(outcome);
    if (!(outcome instanceof Outcome.Stored)) {
      flush(null);
    }
  }

  private void send(StreamEvent event) {
    flush(event);
  }

  private void flush(@Nullable StreamEvent event) {
    if (!(state instanceof StreamState.Ended) && !output.write(event)) {
      finish(EndReason.SLOW_READER);
      output.endAtOnce(new StreamEvent.End(EndReason.SLOW_READER));
    }
  }

  private void end(EndReason reason) {
    if (!(state instanceof StreamState.Ended)) {
      finish(reason);
      output.end(new StreamEvent.End(reason));
    }
  }

  /// Before the first frame an ending that means "come again" is a refusal.
  private void endOrRefuse(EndReason reason) {
    boolean before =
        state instanceof StreamState.AwaitingEntry || state instanceof StreamState.Entering;
    if (before && reason.next() == Next.RESUME) {
      refuse(Refusal.UNAVAILABLE);
    } else {
      end(reason);
    }
  }

  private void refuse(Refusal refusal) {
    if (!(state instanceof StreamState.Ended)) {
      finish();
      output.refuse(refusal);
    }
  }

  private void finish(EndReason reason) {
    self().ifPresent(self -> services.ports().journal().ended(self, reason));
    input().map(StreamInput::signs).ifPresent(signs -> say(signs, reason));
    goneFromHere();
  }

  /// The client is gone without a word.
  private void finish() {
    input().map(StreamInput::signs).ifPresent(LifeSigns::gone);
    goneFromHere();
  }

  private static void say(LifeSigns signs, EndReason reason) {
    if (reason.next() == Next.RESUME || reason == EndReason.REVOKED) {
      signs.gone();
    } else {
      signs.stop();
    }
  }

  private void goneFromHere() {
    if (state instanceof StreamState.AwaitingEntry waiting) {
      waiting.deadline().cancel();
    }
    subscription().ifPresent(Subscription::detach);
    if (alarms != null) {
      alarms.cancel();
    }
    state = new StreamState.Ended();
    onGone.accept(this);
  }

  private synchronized Optional<Subscription> subscription() {
    return switch (state) {
      case StreamState.Entering entering -> Optional.of(entering.subscription());
      case StreamState.Replaying replaying -> Optional.of(replaying.subscription());
      case StreamState.Live live -> Optional.of(live.subscription());
      case StreamState.AwaitingEntry _, StreamState.Ended _ -> Optional.empty();
    };
  }

  private Optional<StreamInput> input() {
    return switch (state) {
      case StreamState.Replaying replaying -> Optional.of(replaying.input());
      case StreamState.Live live -> Optional.of(live.input());
      case StreamState.AwaitingEntry _, StreamState.Entering _, StreamState.Ended _ ->
          Optional.empty();
    };
  }

  /// Who this is, once the first frame was sent and before the last.
  private Optional<Admission> self() {
    return switch (state) {
      case StreamState.Replaying replaying -> Optional.of(replaying.self());
      case StreamState.Live live -> Optional.of(live.self());
      case StreamState.AwaitingEntry _, StreamState.Entering _, StreamState.Ended _ ->
          Optional.empty();
    };
  }

  private StreamEvent entered(Admission self, SessionFacts facts) {
    var log = facts.state();
    List<Presence> all = new ArrayList<>();
    for (int member = 1; member <= log.members().size(); member++) {
      // Where this member itself is was said before it came.
      Presence presence = member == self.member() ? Presence.HERE : Presence.of(member, facts);
      presences.put(member, presence);
      all.add(presence);
    }
    var me = log.member(self.member());
    return new StreamEvent.Entered(
        self,
        all,
        receipts.atEntry(self, facts.receipts()),
        me.attachment(),
        me.sequence() + 1,
        log.tip(),
        services.limits());
  }

  /// Ages differ, so that streams that were opened together are not renewed together.
  private StreamAlarms startAlarms() {
    double factor = 0.9 + 0.2 * services.sources().random().nextDouble();
    Duration age = Duration.ofMillis((long) (services.limits().maxAge().toMillis() * factor));
    return new StreamAlarms(
        services.ports().timers(),
        services.limits().heartbeatEvery(),
        this::beat,
        age,
        this::isOld);
  }

  private final class Answered implements StreamInput.Answers {
    @Override
    public void answered(OutcomeOrder.Slot slot, Outcome outcome) {
      MemberStream.this.answered(slot, outcome);
    }

    @Override
    public void unavailable() {
      MemberStream.this.unavailable();
    }
  }
}
