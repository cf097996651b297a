package parley.relay.redis;

import java.time.Duration;

/// How long what is kept is kept.
///
/// @param entries newest entries of a session; up to `trimEvery` more
/// @param bytes of entries of a session, as they are stored
/// @param trimEvery entries between two trims
/// @param life an open session nobody came to, and the tombstone of a closed one; longer than any
///   permission to enter lives, so that no closed session is ever made anew
/// @param textAfterClose the log of a closed session
/// @param lookEvery how often a watched session is looked at; also how long a member is left alone
///   after it attached
/// @param outbox entries of one bucket that may wait to be fetched; what must last is dropped and
///   counted beyond it
public record LogRetention(
    int entries,
    int bytes,
    int trimEvery,
    Duration life,
    Duration textAfterClose,
    Duration lookEvery,
    int outbox) {
  public static final LogRetention DEFAULTS =
      new LogRetention(2_000, 64, Duration.ofHours(13), Duration.ofMinutes(10));

  public LogRetention(int entries, int trimEvery, Duration life, Duration textAfterClose) {
    this(entries, 1 << 20, trimEvery, life, textAfterClose, Duration.ofSeconds(5), 2_000);
  }
}
