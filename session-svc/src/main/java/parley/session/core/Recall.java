package parley.session.core;

import java.util.List;
import parley.relay.History;
import parley.relay.HistoryAnswer;
import parley.relay.HistoryQuery;
import parley.relay.LogUnavailable;
import parley.session.core.port.Bodies;

/// What was said, for a member who reads back. For virtual threads.
public final class Recall {
  private final History history;
  private final Bodies bodies;

  Recall(ConversationPorts ports) {
    this.history = ports.history();
    this.bodies = ports.bodies();
  }

  public RecallResult page(Admission member, HistoryQuery query) {
    try {
      return switch (history.page(member.session(), query)) {
        case HistoryAnswer.Found found -> page(member, found);
        case HistoryAnswer.TextGone() -> new RecallResult.TextGone();
      };
    } catch (LogUnavailable unknown) {
      return new RecallResult.Unavailable();
    }
  }

  private RecallResult page(Admission member, HistoryAnswer.Found found) {
    List<Envelope> envelopes =
        found.entries().stream()
            .map(entry -> Envelope.of(member, entry, found.epoch(), bodies))
            .toList();
    return new RecallResult.Page(found.epoch(), envelopes, found.older(), found.newer());
  }
}
