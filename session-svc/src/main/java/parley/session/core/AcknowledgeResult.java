package parley.session.core;

/// How a sign of life was taken.
public enum AcknowledgeResult {
  ACKNOWLEDGED,
  NOT_OPEN,
  STALE_ATTACHMENT,
  /// The log cannot be reached.
  UNAVAILABLE
}
