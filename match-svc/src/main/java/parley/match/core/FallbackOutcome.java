package parley.match.core;

/// What came of asking for an AI peer.
public enum FallbackOutcome {
  ASKED,
  CAME,
  /// All places are taken.
  FULL,
  /// Nobody is taken just now.
  REFUSED,
  /// Nobody answered.
  AWAY,
  /// The ticket was taken, or changed, meanwhile.
  CLAIM_LOST,
  /// It was claimed and could not be sent.
  NOT_SENT
}
