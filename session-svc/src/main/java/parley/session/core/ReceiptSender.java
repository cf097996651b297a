package parley.session.core;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import parley.domain.SessionId;
import parley.relay.FactsReply;
import parley.relay.Receipt;
import parley.relay.Relay;
import parley.relay.SessionFacts;
import parley.session.core.port.Timers;

/// The way of receipts to where they are kept, the same from both faces. What a member says within
/// 200 ms goes as one: the highest numbers. Thread-safe.
final class ReceiptSender {
  private static final Duration TOGETHER = Duration.ofMillis(200);
  private static final Duration TRY_AGAIN = Duration.ofSeconds(1);
  private static final int TRIES = 5;

  private final Relay relay;
  private final Timers timers;
  private final Map<Reader, Waiting> waiting = new HashMap<>();

  ReceiptSender(Relay relay, Timers timers) {
    this.relay = relay;
    this.timers = timers;
  }

  void received(Admission member, long attachment, Receipt upTo) {
    Receipt shown = member.readReceipts().visible(upTo);
    if (!shown.equals(Receipt.NONE)) {
      Reader reader = new Reader(member.session(), member.member());
      keepSoon(reader, new Waiting(attachment, shown, TRIES), TOGETHER);
    }
  }

  private synchronized void keepSoon(Reader reader, Waiting more, Duration after) {
    if (waiting.merge(reader, more, Waiting::and).equals(more)) {
      var _ = timers.after(after, () -> keep(reader));
    }
  }

  private void keep(Reader reader) {
    taken(reader)
        .ifPresent(
            what ->
                relay.receive(
                    reader.session(),
                    reader.member(),
                    what.attachment(),
                    what.upTo(),
                    new Keeping(reader, what)));
  }

  private synchronized Optional<Waiting> taken(Reader reader) {
    return Optional.ofNullable(waiting.remove(reader));
  }

  private record Reader(SessionId session, int member) {}

  private record Waiting(long attachment, Receipt upTo, int tries) {
    Waiting and(Waiting other) {
      return new Waiting(
          Math.max(attachment, other.attachment),
          upTo.and(other.upTo),
          Math.max(tries, other.tries));
    }
  }

  private final class Keeping implements FactsReply {
    private final Reader reader;
    private final Waiting what;

    Keeping(Reader reader, Waiting what) {
      this.reader = reader;
      this.what = what;
    }

    @Override
    public void answered(Optional<SessionFacts> facts) {
      // An older attachment is not heard, and a closed session has nobody to tell.
    }

    @Override
    public void unavailable() {
      if (what.tries() > 1) {
        keepSoon(reader, new Waiting(what.attachment(), what.upTo(), what.tries() - 1), TRY_AGAIN);
      }
    }
  }
}
