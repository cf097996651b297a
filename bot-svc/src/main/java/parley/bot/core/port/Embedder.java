package parley.bot.core.port;

/// Turns a text into a direction in a space where texts of like meaning lie near each other.
/// Thread-safe; takes milliseconds; asks nobody outside this process.
public interface Embedder {
  /// @param text any text, also an empty one; what is longer than the embedder reads is cut
  /// @return a vector, always of the same number of dimensions; its length says nothing, only its
  ///   direction does
  float[] embed(String text);
}
