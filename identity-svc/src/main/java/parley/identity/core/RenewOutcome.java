package parley.identity.core;

import parley.domain.Principal;

/// How the wish for a successor ends.
public sealed interface RenewOutcome {
  record Renewed(Principal who, Tokens tokens, GenderInForce gender) implements RenewOutcome {}

  record FamilyRevoked(Why why) implements RenewOutcome {}

  /// For operators; a client hears only that the family is over.
  enum Why {
    /// Not sealed by us, or by a secret that is gone.
    UNREADABLE,
    /// Idle for too long, revoked before, or forgotten.
    OVER,
    /// A token that was succeeded before: copied, or a client that lost its way.
    REUSED,
    BANNED,
    /// The cohort is not open any more.
    UNDER_AGE
  }
}
