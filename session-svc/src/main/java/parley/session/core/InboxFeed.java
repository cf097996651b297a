package parley.session.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.domain.ParticipantId;
import parley.domain.Position;
import parley.domain.SessionId;
import parley.relay.Arrival;
import parley.relay.Body;
import parley.relay.Closing;
import parley.relay.LogEntry;
import parley.relay.Receipt;
import parley.relay.ResetReason;
import parley.relay.SessionFacts;
import parley.relay.Sign;
import parley.relay.Subscriber;
import parley.relay.Subscription;

/// A participant's inbox, as it comes by the stream of a session. The newest stream of the
/// participant has it; an older one hears no more of it. While its log cannot be reached, which may
/// be elsewhere than the session's, the stream goes on without it: it is tried again, ever more
/// seldom, from where it was.
final class InboxFeed implements Subscriber {
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final StreamServices services;
  private final SessionId inbox;
  private final Listener listener;
  private final List<Envelope> collected = new ArrayList<>(); // by the relay's thread alone
  private @Nullable Position position;
  private Subscription subscription;
  private Duration pause = SHORTEST_PAUSE;
  private boolean left;

  /// Starts to listen.
  ///
  /// @param position what the participant has; null for nothing
  InboxFeed(
      StreamServices services,
      ParticipantId participant,
      @Nullable Position position,
      Listener listener) {
    this.services = services;
    this.inbox = InboxId.of(participant);
    this.position = position;
    this.listener = listener;
    synchronized (this) { // the answer may be there first
      subscription = attach();
    }
  }

  /// Any thread.
  synchronized void readyForMore() {
    subscription.ready();
  }

  /// Any thread.
  synchronized void detach() {
    left = true;
    subscription.detach();
  }

  @Override
  public synchronized void attached(SessionFacts facts) {
    pause = SHORTEST_PAUSE;
  }

  @Override
  public void entries(List<LogEntry> entries, int epoch) {
    for (LogEntry entry : entries) {
      Content content = services.ports().bodies().decode(entry.body());
      collected.add(new Envelope(entry.position(epoch), 0, null, entry.at(), 0, content));
    }
    reached(entries.getLast().position(epoch));
  }

  @Override
  public void caughtUp(Position tip) {
    reached(tip);
  }

  @Override
  public void reset(ResetReason reason, Position resumeAt) {
    batchEnded();
    reached(resumeAt);
    listener.came(frame(List.of(), new StreamEvent.Reset(reason, resumeAt)));
  }

  @Override
  public void memberHere(int member) {}

  @Override
  public void memberAway(int member) {}

  @Override
  public void signed(Sign sign) {}

  @Override
  public void murmured(int member, Body body) {}

  @Override
  public void receipted(int member, Receipt receipt) {}

  @Override
  public void batchEnded() {
    if (!collected.isEmpty()) {
      listener.came(frame(collected, null));
      collected.clear();
    }
  }

  @Override
  public boolean ready() {
    return listener.ready();
  }

  @Override
  public void takenOver() {}

  @Override
  public void closed(Closing closing) {}

  @Override
  public void tooLate() {
    unavailable();
  }

  /// Streams that lost it together do not come back together.
  @Override
  public synchronized void unavailable() {
    if (!left) {
      double part = 0.5 + 0.5 * services.sources().random().nextDouble();
      Duration wait = Duration.ofMillis((long) (pause.toMillis() * part));
      Duration twice = pause.multipliedBy(2);
      pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
      var _ = services.ports().timers().after(wait, this::attachAgain);
    }
  }

  private synchronized void attachAgain() {
    if (!left) {
      subscription = attach();
    }
  }

  private Subscription attach() {
    return services.relay().attach(new Arrival(inbox, 1, 1, null, position), this);
  }

  private synchronized void reached(Position there) {
    position = there;
  }

  private static Frame frame(List<Envelope> envelopes, @Nullable StreamEvent event) {
    return new Frame(Channel.INBOX, List.of(), envelopes, event);
  }

  /// Whoever writes it down; called by the relay's thread.
  interface Listener {
    void came(Frame frame);

    boolean ready();
  }
}
