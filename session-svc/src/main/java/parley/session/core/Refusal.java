package parley.session.core;

/// Why a stream ends before its first frame.
public enum Refusal {
  /// The log cannot be reached, or this node is going away: come again.
  UNAVAILABLE,
  /// The first frame was not `enter`, or did not come in time.
  NOT_ENTERED,
  /// `enter` came twice.
  ENTERED_TWICE
}
