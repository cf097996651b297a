package parley.bot.core.conduct;

import java.util.function.Predicate;

/// What a person said.
///
/// @param turn counts the person's messages in this session, from 1
/// @param heard tells of a line whether the person has heard it in this session already: another
///   wording is said then, as long as there is one
public record Speech(String text, Tongue tongue, int turn, Predicate<String> heard) {
  /// Of somebody who has heard nothing yet.
  public Speech(String text, Tongue tongue, int turn) {
    this(text, tongue, turn, _ -> false);
  }

  public Speech {
    if (turn < 1) {
      throw new IllegalArgumentException("turn is " + turn + ", expected 1 or more");
    }
  }
}
