package parley.match.core;

import java.time.Duration;

/// The durations of a ticket's life.
///
/// @param keptInPark how long a ticket without a stream keeps its place
/// @param enterWithin how long a match waits for both to enter
/// @param answerWithin how long a proposal waits for both to accept
/// @param settleWithin how long after that the word of session-svc may take; then a match counts as
///   over
/// @param keptAfterEnd how long an ended ticket is still known
/// @param longestWait in line, parking included
/// @param silence without KeepWaiting, then the ticket is parked
/// @param keepWaitingEvery what clients are told
/// @param updateEvery at most so often a waiting stream is told news
/// @param updateAtLeast so often even without news
public record MatchTimes(
    Duration keptInPark,
    Duration enterWithin,
    Duration answerWithin,
    Duration settleWithin,
    Duration keptAfterEnd,
    Duration longestWait,
    Duration silence,
    Duration keepWaitingEvery,
    Duration updateEvery,
    Duration updateAtLeast) {

  public static final MatchTimes DEFAULT =
      new MatchTimes(
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofSeconds(8),
          Duration.ofSeconds(5),
          Duration.ofMinutes(10),
          Duration.ofMinutes(10),
          Duration.ofSeconds(45),
          Duration.ofSeconds(15),
          Duration.ofSeconds(2),
          Duration.ofSeconds(20));
}
