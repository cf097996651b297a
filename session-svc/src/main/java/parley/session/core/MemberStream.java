package parley.session.core;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import parley.domain.ParticipantId;
import parley.domain.Position;
import parley.domain.Principal;
import parley.relay.Arrival;
import parley.relay.Body;
import parley.relay.Closing;
import parley.relay.LogEntry;
import parley.relay.Receipt;
import parley.relay.ResetReason;
import parley.relay.SessionFacts;
import parley.relay.Sign;
import parley.relay.Subscriber;
import parley.session.core.StreamState.Reading;
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
  private final Company company = new Company();
  private @Nullable StreamAlarms alarms;
  private StreamState state;
  private boolean waitsForWord;

  MemberStream(
      StreamServices services, Principal caller, Outlet outlet, Consumer<MemberStream> onGone) {
    this.services = services;
    this.caller = caller;
    this.output =
        new StreamOutput(services.ports().bodies(), outlet, services.limits().outstanding());
    this.onGone = onGone;
    this.state =
        new StreamState.AwaitingEntry(
            services.ports().timers().after(services.limits().enterWithin(), this::entryIsOverdue));
  }

  public Principal caller() {
    return caller;
  }

  /// The first frame.
  ///
  /// @param position what the client has of the conversation; null for nothing
  /// @param inbox the same of the participant's inbox
  public synchronized void enter(
      Admission admission, @Nullable Position position, @Nullable Position inbox) {
    switch (state) {
      case StreamState.AwaitingEntry waiting -> {
        waiting.deadline().cancel();
        Arrival arrival = admission.arrival(position, services.ports(), services.presence());
        state = new StreamState.Entering(admission, services.relay().attach(arrival, this), inbox);
      }
      case StreamState.Entering _, StreamState.In _ -> refuse(Refusal.ENTERED_TWICE);
      case StreamState.Ended _ -> {}
    }
  }

  /// Any other frame.
  public synchronized void received(Upward frame) {
    switch (state) {
      case StreamState.AwaitingEntry _, StreamState.Entering _ -> refuse(Refusal.NOT_ENTERED);
      case StreamState.In in -> in.input().received(frame);
      case StreamState.Ended _ -> {}
    }
  }

  /// The transport takes more.
  public void writable() {
    in().ifPresent(
            in -> {
              in.session().ready();
              in.inbox().readyForMore();
            });
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
    if (!(state instanceof StreamState.Entering(var self, var subscription, var inbox))) {
      return;
    }
    long attachment = facts.state().member(self.member()).attachment();
    LifeSigns signs = new LifeSigns(services, self, attachment, this::lookForLife);
    StreamInput input = new StreamInput(services, self, attachment, output, signs, new Answered());
    services.ports().journal().entered(self, attachment);
    services.errands().entered(self, facts.state());
    state = new StreamState.In(self, subscription, input, inbox(self, inbox), Reading.REPLAYING);
    send(company.entered(self, facts, services.limits()));
    output.takeMore(services.limits().outstanding());
    alarms = startAlarms();
  }

  @Override
  public synchronized void entries(List<LogEntry> entries, int epoch) {
    state.in().ifPresent(in -> entries.forEach(e -> output.take(in.self(), in.isLive(), e, epoch)));
  }

  @Override
  public synchronized void caughtUp(Position position) {
    if (state instanceof StreamState.In in && !in.isLive()) {
      state = in.live();
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
    self().flatMap(self -> company.receipted(self, member, receipt)).ifPresent(this::send);
  }

  @Override
  public synchronized void batchEnded() {
    send(null);
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
    self().ifPresent(self -> over(CloseReason.endFor(self, closing)));
  }

  /// Whoever came alone first hears of their place in line, if that does not take too long.
  private void over(EndReason reason) {
    if (reason == EndReason.NO_SHOW) {
      waitsForWord = true;
      var _ = services.ports().timers().after(services.presence().wordFromLine(), this::noWord);
    } else {
      end(reason);
    }
  }

  private synchronized void noWord() {
    end(EndReason.NO_SHOW);
  }

  private synchronized void told(Frame ofInbox) {
    if (state.in().isEmpty()) {
      return;
    }
    if (!output.write(ofInbox)) {
      tooSlow();
    } else if (waitsForWord && ofInbox.envelopes().stream().anyMatch(MemberStream::isWord)) {
      end(EndReason.NO_SHOW);
    }
  }

  private static boolean isWord(Envelope ofInbox) {
    return ofInbox.content() instanceof Content.PeerNeverCame;
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
    self().flatMap(self -> company.moved(self, member, presence)).ifPresent(this::send);
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
      send(null);
    }
  }

  private void send(@Nullable StreamEvent event) {
    if (!(state instanceof StreamState.Ended) && !output.write(event)) {
      tooSlow();
    }
  }

  private void tooSlow() {
    finish(EndReason.SLOW_READER);
    output.endAtOnce(new StreamEvent.End(EndReason.SLOW_READER));
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
    switch (state) {
      case StreamState.AwaitingEntry waiting -> waiting.deadline().cancel();
      case StreamState.Entering entering -> entering.session().detach();
      case StreamState.In in -> in.detach();
      case StreamState.Ended _ -> {}
    }
    if (alarms != null) {
      alarms.cancel();
    }
    state = new StreamState.Ended();
    onGone.accept(this);
  }

  private synchronized Optional<StreamState.In> in() {
    return state.in();
  }

  private Optional<StreamInput> input() {
    return state.in().map(StreamState.In::input);
  }

  /// Who this is, once the first frame was sent and before the last.
  private Optional<Admission> self() {
    return state.in().map(StreamState.In::self);
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

  private InboxFeed inbox(Admission self, @Nullable Position position) {
    ParticipantId participant = self.who().participant();
    return new InboxFeed(services, participant, position, new FromInbox());
  }

  private final class FromInbox implements InboxFeed.Listener {
    @Override
    public void came(Frame frame) {
      told(frame);
    }

    @Override
    public boolean ready() {
      return output.ready();
    }
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
