package parley.bot.core.game;

/// What a game says to what a person said.
public sealed interface Turn {
  String text();

  /// The person is next.
  record GoesOn(String text) implements Turn {}

  /// The last line of the game.
  record Over(String text) implements Turn {}
}
