package parley.match.core;

/// Whether a verdict on a proposal counted. What becomes of the tickets, their owners hear.
public enum ProposalOutcome {
  ANSWERED,
  /// Decided before, out of time, or never made to this participant.
  OVER,
  /// The time is not up.
  EARLY
}
