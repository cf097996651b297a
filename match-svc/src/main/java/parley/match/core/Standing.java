package parley.match.core;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// A ticket in line, or taken from it for a proposal.
///
/// @param attachment numbers the streams that took it up, so that a late word about an older one is
///   recognised
/// @param attempt counts its matches that came to nothing
/// @param relaxed how long after it was made it came to its level
/// @param waited since it was made, by Redis' clock
public record Standing(
    Rank rank,
    int attachment,
    Level level,
    int attempt,
    Duration relaxed,
    Duration waited,
    AiStanding ai) {
  /// The same, with somebody to talk to meanwhile.
  Standing with(Companion companion) {
    AiStanding now = new AiStanding(AiWelcome.MEANWHILE, null, companion);
    return new Standing(rank, attachment, level, attempt, relaxed, waited, now);
  }

  /// The same, whose person has changed their mind about AI peers.
  Standing welcoming(AiWelcome welcome) {
    AiStanding now = new AiStanding(welcome, ai.calm(), ai.companion());
    return new Standing(rank, attachment, level, attempt, relaxed, waited, now);
  }

  /// The moment, by Redis' clock, of which this is told.
  Instant at() {
    return Instant.EPOCH.plus(rank.micros(), ChronoUnit.MICROS).plus(waited);
  }
}
