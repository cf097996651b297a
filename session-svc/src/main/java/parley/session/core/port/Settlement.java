package parley.session.core.port;

import parley.session.core.MatchOutcome;

/// Tells match-svc what became of a match. Blocks, for a bounded time.
public interface Settlement {
  /// True once it is known there, or can never be; told again, the first stands.
  boolean settle(MatchOutcome outcome);
}
