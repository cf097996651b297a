package parley.relay;

import java.util.Optional;

/// Waits for a session's facts; called by the relay's thread after the commit, must not block.
public interface FactsReply {
  /// Empty if there is no such session (any more).
  void answered(Optional<SessionFacts> facts);

  /// Unknown: the log could not be reached.
  void unavailable();
}
