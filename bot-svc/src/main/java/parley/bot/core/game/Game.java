package parley.bot.core.game;

/// A game that one person plays in one session. Not thread-safe. It takes any text: what makes no
/// sense is answered with a hint, and often enough with the end of the game.
public interface Game {
  /// Says how it goes and begins. Called once, first.
  String open();

  /// Answers what the person said. Not called after [Turn.Over].
  Turn next(String text);
}
