package parley.session.core;

/// Where a member is, as the others are told.
public enum Presence {
  /// Has not entered yet.
  EXPECTED,
  HERE
}
