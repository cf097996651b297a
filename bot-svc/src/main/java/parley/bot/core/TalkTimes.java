package parley.bot.core;

import java.time.Duration;

/// How long an AI peer waits for what.
///
/// @param gather after a message, for more of it
/// @param gatherAtMost after the first of several messages, also while the person writes on
/// @param typingEvery how often it is shown again that an answer is being written
/// @param silence without a word of the person, before one question
/// @param enterGrace beyond the time of the grant, before a place is given up
/// @param asideAtMost after stepping aside, before leaving
public record TalkTimes(
    Duration gather,
    Duration gatherAtMost,
    Duration typingEvery,
    Duration silence,
    Duration enterGrace,
    Duration asideAtMost) {
  public static final TalkTimes DEFAULT =
      new TalkTimes(
          Duration.ofMillis(700),
          Duration.ofSeconds(3),
          Duration.ofMillis(2_500),
          Duration.ofSeconds(75),
          Duration.ofSeconds(5),
          Duration.ofSeconds(60));
}
