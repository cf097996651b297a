package parley.session.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.domain.Position;
import parley.relay.LogEntry;
import parley.session.core.port.Bodies;

/// Collects what one batch has for one stream, so that it leaves as one frame. Not thread-safe.
final class FrameCollector {
  private final Bodies bodies;
  private final OutcomeOrder order = new OutcomeOrder();
  private final List<TextOutcome> fromElsewhere = new ArrayList<>();
  private final List<Envelope> envelopes = new ArrayList<>();

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
    envelopes.add(
        new Envelope(
            position,
            entry.member(),
            self.kindOf(entry.member()),
            entry.at(),
            own ? entry.sequence() : 0,
            bodies.decode(entry.body())));
  }

  Frame frame(@Nullable StreamEvent event) {
    List<TextOutcome> outcomes = new ArrayList<>(order.takeReady());
    outcomes.addAll(fromElsewhere);
    Frame frame = new Frame(outcomes, envelopes, event);
    fromElsewhere.clear();
    envelopes.clear();
    return frame;
  }
}
