package parley.bot.core.conduct;

/// What a person said.
///
/// @param turn counts the person's messages in this session, from 1
public record Speech(String text, Tongue tongue, int turn) {
  public Speech {
    if (turn < 1) {
      throw new IllegalArgumentException("turn is " + turn + ", expected 1 or more");
    }
  }
}
