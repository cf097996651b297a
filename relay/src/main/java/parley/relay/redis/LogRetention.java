package parley.relay.redis;

import java.time.Duration;

/// How long what is kept is kept.
///
/// @param entries newest entries of a session; a few more, because trimming goes by blocks
/// @param trimEvery entries between two trims
/// @param life an open session nobody came to, and the tombstone of a closed one; longer than any
///   permission to enter lives, so that no closed session is ever made anew
/// @param textAfterClose the log of a closed session
public record LogRetention(int entries, int trimEvery, Duration life, Duration textAfterClose) {
  public static final LogRetention DEFAULTS =
      new LogRetention(2_000, 64, Duration.ofHours(13), Duration.ofMinutes(10));
}
