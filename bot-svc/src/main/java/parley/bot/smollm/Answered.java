package parley.bot.smollm;

/// Hears what the model goes on with: pieces, then one of the other two; nothing more once it is
/// not wanted. On the model's thread, or before the call that asks returns.
interface Answered {
  void piece(String text);

  /// @param tokens of the question and of the answer
  void done(End why, int promptTokens, int tokens);

  void refused(Refusal why, String sentence);

  /// Why it ended.
  enum End {
    STOPPED,
    /// All tokens that it may write are written.
    LENGTH
  }

  /// Why there is no answer.
  enum Refusal {
    /// The model is still being read, or cannot be.
    NOT_READY,
    /// Its turn would come, or came, too late.
    BUSY,
    /// Longer than what the model can hold.
    TOO_LONG,
    FAILED
  }
}
