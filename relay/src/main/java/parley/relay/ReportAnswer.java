package parley.relay;

/// What came of a report.
public enum ReportAnswer {
  /// Kept; also if it was before.
  REPORTED,
  /// There is no such session (any more), or its text was removed.
  TEXT_GONE,
  /// The reported member never entered.
  NEVER_ENTERED,
  /// This member has made as many reports in this session as are kept.
  TOO_MANY,
  /// Nothing more can be kept until what waits was fetched.
  FULL
}
