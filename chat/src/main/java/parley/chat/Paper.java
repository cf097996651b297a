package parley.chat;

/// What a terminal can do for a chat. Thread-safe.
interface Paper {
  /// A line above the one that is being typed.
  void line(String text);

  /// The one line below; empty to take it away.
  void footer(String text);

  /// Columns.
  int width();
}
