package parley.session.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.domain.Position;
import parley.relay.LogEntry;
import parley.session.core.port.Bodies;

/// Collects what one batch has for one stream, so that it leaves as one frame, or as a few if it is
/// long. Not thread-safe.
final class FrameCollector {
  /// More texts than this begin another frame.
  private static final int FRAME_BYTES = 64 * 1024;

  private final Bodies bodies;
  private final OutcomeOrder order = new OutcomeOrder();
  private final List<TextOutcome> fromElsewhere = new ArrayList<>();
  private final List<Envelope> envelopes = new ArrayList<>();

  /// Where, among the envelopes, another frame begins.
  private final List<Integer> cuts = new ArrayList<>();

  private int bytes;

  FrameCollector(Bodies bodies) {
    this.bodies = bodies;
  }

  OutcomeOrder order() {
    return order;
  }

  /// An entry as its reader sees it: an own text is `stored` if it waits for that, or if the stream
  /// is live (it may have come by Send); else an envelope.
  void take(Admission self, boolean live, LogEntry entry, int epoch) {
    Position position = entry.position(epoch);
    boolean own = entry.member() == self.member();
    Outcome.Stored stored = new Outcome.Stored(position, entry.at());
    if (own && order.stored(entry.sequence(), stored)) {
      return;
    }
    if (own && live) {
      fromElsewhere.add(new TextOutcome(entry.sequence(), stored));
      return;
    }
    if (bytes > 0 && bytes + entry.body().size() > FRAME_BYTES) {
      cuts.add(envelopes.size());
      bytes = 0;
    }
    bytes += entry.body().size();
    envelopes.add(Envelope.of(self, entry, epoch, bodies));
  }

  /// Everything that was collected, as one frame if it is not too long; the event stands in the
  /// last. What stands in a frame comes before what stands in the next, in the order of the log.
  List<Frame> frames(@Nullable StreamEvent event) {
    Deque<TextOutcome> ready = new ArrayDeque<>(order.takeReady());
    Deque<TextOutcome> elsewhere = new ArrayDeque<>(fromElsewhere);
    List<Frame> frames = new ArrayList<>();
    int from = 0;
    for (int cut : cuts) {
      long upTo = envelopes.get(cut - 1).position().offset();
      List<TextOutcome> outcomes = new ArrayList<>();
      move(ready, upTo, outcomes);
      move(elsewhere, upTo, outcomes);
      frames.add(new Frame(outcomes, envelopes.subList(from, cut), null));
      from = cut;
    }
    List<TextOutcome> rest = new ArrayList<>(ready);
    rest.addAll(elsewhere);
    Frame last = new Frame(rest, envelopes.subList(from, envelopes.size()), event);
    if (!last.isEmpty()) {
      frames.add(last);
    }
    clear();
    return frames;
  }

  private static void move(Deque<TextOutcome> from, long upTo, List<TextOutcome> to) {
    for (TextOutcome next = from.peek();
        next != null && !isAfter(next.outcome(), upTo);
        next = from.peek()) {
      to.add(from.remove());
    }
  }

  private static boolean isAfter(Outcome outcome, long offset) {
    return outcome instanceof Outcome.Stored(Position position, var _)
        && position.offset() > offset;
  }

  private void clear() {
    fromElsewhere.clear();
    envelopes.clear();
    cuts.clear();
    bytes = 0;
  }
}
