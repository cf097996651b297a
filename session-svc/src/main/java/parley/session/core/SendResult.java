package parley.session.core;

import java.util.List;

/// What came of frames that were sent without a stream of their own.
public sealed interface SendResult {
  /// One outcome a text, in order.
  record Answered(List<TextOutcome> outcomes) implements SendResult {
    public Answered {
      outcomes = List.copyOf(outcomes);
    }
  }

  /// Unknown what was stored: send again.
  record Unavailable() implements SendResult {}
}
