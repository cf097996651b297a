package parley.session.core;

import java.util.List;

/// What came of reading back.
public sealed interface RecallResult {
  /// @param envelopes in offset order
  /// @param older whether there is more before these
  /// @param newer whether there is more after these
  record Page(int epoch, List<Envelope> envelopes, boolean older, boolean newer)
      implements RecallResult {
    public Page {
      envelopes = List.copyOf(envelopes);
    }
  }

  /// The words are no longer kept.
  record TextGone() implements RecallResult {}

  record Unavailable() implements RecallResult {}
}
