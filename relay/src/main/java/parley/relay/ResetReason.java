package parley.relay;

/// Why a subscriber cannot go on exactly where it stood.
public enum ResetReason {
  /// What comes next is older than what is kept.
  TRIMMED,
  /// More is missing than is replayed.
  TOO_FAR,
  /// The log was lost and made anew: another epoch.
  LOG_LOST,
  /// The log lost its tail and grew another one.
  LOG_DIVERGED
}
