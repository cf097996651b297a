package parley.relay;

/// Waits for what became of one append. Called by the relay's thread after the commit, in the order
/// of the session's appends; must not block.
public interface AppendReply {
  void answered(AppendOutcome outcome);

  /// Unknown whether it was stored: the log could not be reached, or is gone.
  void unavailable();
}
