package parley.relay;

/// What is known of a member's newest attachment.
public enum Sign {
  /// It lives.
  HERE,
  /// It is gone, or silent.
  AWAY
}
