package parley.bot.smollm;

/// A small language model in this process. Thread-safe.
interface SmallModel {
  /// Has it read, if that was not done; returns at once.
  void warm();

  boolean isReady();

  /// Returns at once. Who asks while being told of an answer has that one behind them.
  void ask(TextRequest question, Answered answered);
}
