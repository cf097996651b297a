package parley.session.core;

/// Waits for what became of one text; called once, on the relay's thread or at once on the
/// caller's.
interface TextReply {
  void outcome(Outcome outcome);

  /// Unknown whether it was stored.
  void unavailable();
}
