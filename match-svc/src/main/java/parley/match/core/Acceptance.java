package parley.match.core;

/// What it takes, in one pool, that two who were found are matched.
public enum Acceptance {
  /// Nothing: they are matched in the step that found them.
  AT_ONCE,
  /// Both are asked, and both must accept in time.
  BOTH
}
