package parley.session.core.port;

import parley.domain.SessionId;
import parley.session.core.MatchOutcome;

/// Tells match-svc what became of a match. Blocks, for a bounded time.
public interface Settlement {
  /// True once it is known there, or can never be; told again, the first stands.
  boolean settle(MatchOutcome outcome);

  /// What is kept of this session says nothing that could be told.
  void unreadable(SessionId session);
}
