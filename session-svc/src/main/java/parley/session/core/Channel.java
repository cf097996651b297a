package parley.session.core;

/// What a frame is about.
public enum Channel {
  SESSION,
  /// The participant's own log.
  INBOX
}
