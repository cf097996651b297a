package parley.bot.core.game;

import java.util.Locale;

/// The games there are.
public enum GameKind {
  /// The AI thinks of a thing, the person asks.
  TWENTY_QUESTIONS,
  /// The person thinks of a thing, the AI asks.
  GUESSING,
  WORD_CHAIN,
  WOULD_YOU_RATHER,
  STORY,
  TRIVIA,
  RIDDLES;

  /// What its texts go by, such as `word-chain`.
  String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
