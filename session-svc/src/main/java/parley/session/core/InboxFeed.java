package parley.session.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.domain.ParticipantId;
import parley.domain.Position;
import parley.relay.Arrival;
import parley.relay.Body;
import parley.relay.Closing;
import parley.relay.LogEntry;
import parley.relay.Receipt;
import parley.relay.Relay;
import parley.relay.ResetReason;
import parley.relay.SessionFacts;
import parley.relay.Sign;
import parley.relay.Subscriber;
import parley.relay.Subscription;
import parley.session.core.port.Bodies;

/// A participant's inbox, as it comes by the stream of a session. The newest stream of the
/// participant has it; an older one hears no more of it.
final class InboxFeed implements Subscriber {
  private final Bodies bodies;
  private final Listener listener;
  private final List<Envelope> collected = new ArrayList<>(); // by the relay's thread alone
  private final Subscription subscription;

  /// Starts to listen.
  ///
  /// @param position what the participant has; null for nothing
  InboxFeed(
      Relay relay,
      Bodies bodies,
      ParticipantId participant,
      @Nullable Position position,
      Listener listener) {
    this.bodies = bodies;
    this.listener = listener;
    Arrival arrival = new Arrival(InboxId.of(participant), 1, 1, null, position);
    subscription = relay.attach(arrival, this);
  }

  /// Any thread.
  void readyForMore() {
    subscription.ready();
  }

  /// Any thread.
  void detach() {
    subscription.detach();
  }

  @Override
  public void attached(SessionFacts facts) {}

  @Override
  public void entries(List<LogEntry> entries, int epoch) {
    for (LogEntry entry : entries) {
      collected.add(
          new Envelope(entry.position(epoch), 0, null, entry.at(), 0, bodies.decode(entry.body())));
    }
  }

  @Override
  public void caughtUp(Position position) {}

  @Override
  public void reset(ResetReason reason, Position resumeAt) {
    batchEnded();
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
    listener.lost();
  }

  @Override
  public void unavailable() {
    listener.lost();
  }

  private static Frame frame(List<Envelope> envelopes, @Nullable StreamEvent event) {
    return new Frame(Channel.INBOX, List.of(), envelopes, event);
  }

  /// Whoever writes it down; called by the relay's thread.
  interface Listener {
    void came(Frame frame);

    boolean ready();

    /// The log cannot be reached, or is gone.
    void lost();
  }
}
