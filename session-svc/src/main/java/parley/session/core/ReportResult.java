package parley.session.core;

/// What came of a report.
public enum ReportResult {
  /// Kept, and left.
  REPORTED,
  /// No other member with that number has entered.
  NO_SUCH_MEMBER,
  /// The words are no longer kept.
  TEXT_GONE,
  /// This member has reported often enough in this session.
  TOO_MANY,
  /// Unknown, or nothing can be kept just now: repeat it.
  UNAVAILABLE
}
