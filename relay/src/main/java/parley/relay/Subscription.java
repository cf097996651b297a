package parley.relay;

import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.domain.Position;
import parley.domain.SessionId;

/// One live subscriber and where it stands in the log: its cursor.
///
/// There is one way in, [#deliver], for own commits and notices, and one for what was read from the
/// log, which is always read from the cursor inclusive, so that its first entry proves that the
/// subscriber's history is still the log's. While reading, what else arrives is only a hint that
/// there is more: it is not kept, the log is read on.
///
/// All but [#ready] and [#detach] is called by the commit loop's thread.
public final class Subscription {
  /// How entries reached this node.
  enum Origin {
    OWN_COMMIT,
    NOTICE
  }

  private final SubscriptionHost host;
  private final Subscriber subscriber;
  private final Arrival arrival;

  private Position cursor = Position.start(0);
  private long attachment;
  private long knownTip;
  private long replayTip;
  private boolean attached;
  private boolean live;
  private boolean verified = true;
  private boolean reading;
  private boolean waitsUntilReady;
  private boolean adoptsFirst;
  private boolean ended;
  private volatile boolean leaving;
  private @Nullable Closing closing;

  Subscription(SubscriptionHost host, Arrival arrival, Subscriber subscriber) {
    this.host = host;
    this.arrival = arrival;
    this.subscriber = subscriber;
  }

  /// The subscriber can take more. Any thread.
  public void ready() {
    host.later(this::readNow);
  }

  /// The subscriber is gone: nothing more comes to it, once what is on its way has ended. Any
  /// thread.
  public void detach() {
    leaving = true;
    host.later(
        () -> {
          ended = true;
          host.gone(this);
        });
  }

  SessionId session() {
    return arrival.session();
  }

  Arrival arrival() {
    return arrival;
  }

  long attachment() {
    return attachment;
  }

  int epoch() {
    return cursor.epoch();
  }

  long tip() {
    return Math.max(cursor.offset(), knownTip);
  }

  boolean hasEnded() {
    return ended || leaving;
  }

  Subscriber subscriber() {
    return subscriber;
  }

  void attached(SessionFacts facts) {
    attached = true;
    LogState state = facts.state();
    attachment = state.member(arrival.member()).attachment();
    knownTip = state.tip().offset();
    replayTip = knownTip;
    closing = facts.closing();
    subscriber.attached(facts);
    host.touched(this);
    startFrom(arrival.position(), state.tip());
  }

  /// New entries, each following the other; `previousCheck` is that of the entry before the first.
  void deliver(int epoch, int previousCheck, List<LogEntry> entries, Origin origin) {
    if (!attached || ended) {
      return;
    }
    knownTip = Math.max(knownTip, entries.getLast().offset());
    if (reading || !live) {
      return;
    }
    if (!verified || epoch != cursor.epoch()) {
      read();
    } else if (entries.getFirst().offset() <= cursor.offset() && origin == Origin.OWN_COMMIT) {
      reset(
          ResetReason.LOG_DIVERGED,
          new Position(epoch, entries.getFirst().offset() - 1, previousCheck));
      send(entries);
    } else {
      sendOrRead(previousCheck, entries);
    }
  }

  /// The log reaches at least to here.
  void hint(long tip) {
    knownTip = Math.max(knownTip, tip);
    if (attached && live && !reading && !ended && knownTip > cursor.offset()) {
      read();
    }
  }

  /// The session is closed: the ending comes when everything up to the tip was given.
  void closing(Closing how, long tip) {
    closing = how;
    hint(tip);
    finishIfAllWasGiven();
  }

  /// The log may have another history: before the next delivery it is read from the cursor.
  void invalidate() {
    verified = false;
  }

  /// A log that was made anew knows no attachment of this stream: it has to attach again, and is
  /// told then what was lost.
  void page(LogState state, List<LogEntry> entries) {
    reading = false;
    if (ended) {
      return;
    }
    if (state.epoch() != cursor.epoch()) {
      end(subscriber::unavailable);
      return;
    }
    knownTip = state.tip().offset();
    replayTip = Math.min(replayTip, knownTip);
    verified = true;
    send(fitting(state.tip(), entries));
    advance();
  }

  /// What was collected leaves; only then can be seen whether there is room for more.
  void batchEnded() {
    subscriber.batchEnded();
    readNow();
  }

  void end(Runnable told) {
    if (!ended) {
      ended = true;
      host.gone(this);
      told.run();
    }
  }

  private void startFrom(@Nullable Position wanted, Position tip) {
    cursor = wanted == null ? Position.start(tip.epoch()) : wanted;
    if (cursor.epoch() != tip.epoch()) {
      reset(ResetReason.LOG_LOST, Position.start(tip.epoch()));
    }
    if (cursor.offset() > tip.offset()) {
      reset(ResetReason.LOG_DIVERGED, tip);
    }
    if (tip.offset() - cursor.offset() > host.limits().replay()) {
      adoptsFirst = true;
      cursor = new Position(tip.epoch(), tip.offset() - host.limits().replay(), 0);
    }
    if (cursor.equals(tip)) {
      advance();
    } else {
      read();
    }
  }

  private void sendOrRead(int previousCheck, List<LogEntry> entries) {
    int seen = 0;
    int check = previousCheck;
    while (seen < entries.size() && entries.get(seen).offset() <= cursor.offset()) {
      check = entries.get(seen++).check();
    }
    if (seen == entries.size()) {
      return;
    }
    List<LogEntry> fresh = entries.subList(seen, entries.size());
    if (fresh.getFirst().offset() == cursor.offset() + 1 && check == cursor.check()) {
      send(fresh);
    } else {
      host.metrics().gap();
      read();
    }
  }

  /// What of a page comes after the cursor, after saying so if the cursor does not fit.
  private List<LogEntry> fitting(Position tip, List<LogEntry> entries) {
    if (cursor.offset() > tip.offset()) {
      reset(ResetReason.LOG_DIVERGED, tip);
      return List.of();
    }
    if (entries.isEmpty()) {
      if (!cursor.equals(tip)) {
        reset(ResetReason.TRIMMED, tip);
      }
      return List.of();
    }
    LogEntry first = entries.getFirst();
    if (adoptsFirst) {
      adoptsFirst = false;
      reset(ResetReason.TOO_FAR, first.position(tip.epoch()));
    }
    if (first.offset() > Math.max(cursor.offset(), 1)) {
      reset(ResetReason.TRIMMED, new Position(tip.epoch(), first.offset() - 1, 0));
    }
    if (first.offset() != cursor.offset()) {
      return entries;
    }
    if (first.check() != cursor.check()) {
      reset(ResetReason.LOG_DIVERGED, tip);
      return List.of();
    }
    return entries.subList(1, entries.size());
  }

  private void advance() {
    if (!live && cursor.offset() >= replayTip) {
      live = true;
      host.touched(this);
      subscriber.caughtUp(cursor);
    }
    if (cursor.offset() < knownTip) {
      read();
    }
    finishIfAllWasGiven();
  }

  private void finishIfAllWasGiven() {
    Closing how = closing;
    if (how != null && live && !reading && cursor.offset() >= knownTip) {
      end(() -> subscriber.closed(how));
    }
  }

  private void read() {
    if (reading || ended) {
      return;
    }
    reading = true;
    waitsUntilReady = true;
    host.touched(this);
  }

  private void readNow() {
    if (waitsUntilReady && !ended && subscriber.ready()) {
      waitsUntilReady = false;
      host.read(this, Math.max(1, cursor.offset()), host.limits().page() + 1);
    }
  }

  private void send(List<LogEntry> entries) {
    if (!entries.isEmpty()) {
      cursor = entries.getLast().position(cursor.epoch());
      host.metrics().delivered(entries.size());
      host.touched(this);
      subscriber.entries(entries, cursor.epoch());
    }
  }

  private void reset(ResetReason reason, Position resumeAt) {
    cursor = resumeAt;
    host.metrics().reset(reason);
    host.touched(this);
    subscriber.reset(reason, resumeAt);
  }
}
