package parley.session.core;

/// What came of a block.
public enum BlockResult {
  /// Left, and the two do not meet again.
  BLOCKED,
  /// No other member with that number has entered.
  NO_SUCH_MEMBER,
  /// Unknown: repeat it.
  UNAVAILABLE
}
