package parley.session.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one batch has for one stream: outcomes and envelopes, and after them an event.
public record Frame(
    Channel channel,
    List<TextOutcome> outcomes,
    List<Envelope> envelopes,
    @Nullable StreamEvent event) {
  public Frame {
    outcomes = List.copyOf(outcomes);
    envelopes = List.copyOf(envelopes);
  }

  /// Of the conversation itself.
  Frame(List<TextOutcome> outcomes, List<Envelope> envelopes, @Nullable StreamEvent event) {
    this(Channel.SESSION, outcomes, envelopes, event);
  }

  boolean isEmpty() {
    return outcomes.isEmpty() && envelopes.isEmpty() && event == null;
  }
}
