package parley.match.core;

/// What is said of a proposal.
public enum Verdict {
  ACCEPT,
  DECLINE,
  /// Its person went away before the other decided.
  WITHDRAW,
  /// By who watches the time: nobody answered for this ticket.
  TIME_UP
}
