package parley.bot.core.conduct;

import java.util.Locale;

/// A line that is said word for word, from `lines.txt` of its language. Each has several wordings,
/// chosen by the turn, so that one conversation rarely hears the same twice.
public enum FixedLine {
  /// The first line of a conversation, after the disclosure.
  OPENING(3),
  /// Fits after anything, when there is nothing better.
  GO_ON(6),
  /// After an emergency, instead of `GO_ON`.
  GENTLE(4),
  /// The one question after a long silence.
  FOLLOW_UP(4),
  /// Answers "are you human?".
  WHAT_I_AM(4),
  /// Said instead of a claim to have a life.
  HONEST(3),
  /// Answers "shall we meet?", and is said instead of an offer to.
  NO_MEETING(3),
  /// Answers "give me your number", and is said instead of giving one.
  NO_CONTACT(3),
  /// Said instead of its own instructions.
  NO_SECRETS(2),
  /// The provider did not answer this time.
  PROVIDER_FAILED(3),
  /// The provider did not answer three times: goodbye, why, and how to go on looking.
  PROVIDER_GONE(1),
  /// A few turns are left in this conversation.
  BUDGET_NEAR(2),
  /// No turn is left in this conversation: goodbye.
  BUDGET_OVER(1),
  /// No turn is left on this device today: goodbye.
  DAY_OVER(1),
  /// A person is there: the AI steps aside.
  STEPPING_ASIDE(2),
  /// This node stops: goodbye.
  SHUTDOWN(1);

  private final int least;

  FixedLine(int least) {
    this.least = least;
  }

  String section() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// How many wordings each language has at least.
  int least() {
    return least;
  }
}
