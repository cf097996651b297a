package parley.match.core;

/// What is said of a proposal.
public enum Verdict {
  ACCEPT,
  DECLINE,
  /// By who watches the time: nobody answered for this ticket.
  TIME_UP
}
