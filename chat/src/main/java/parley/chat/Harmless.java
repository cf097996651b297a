package parley.chat;

/// Takes the power from characters that would move the cursor, colour the screen or turn the
/// direction of writing.
final class Harmless {
  private static final char REPLACEMENT = '\uFFFD';

  private Harmless() {}

  /// For a screen: line breaks and tabs become spaces, what is not visible becomes one sign.
  static String line(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point -> {
              if (point == '\n' || point == '\r' || point == '\t') {
                line.append(' ');
              } else if (isPowerful(point)) {
                line.append(REPLACEMENT);
              } else {
                line.appendCodePoint(point);
              }
            });
    return line.toString();
  }

  /// For JSON that is written already: the same characters, as escapes. Outside of strings JSON has
  /// none of them.
  static String json(String written) {
    StringBuilder line = new StringBuilder(written.length());
    written
        .codePoints()
        .forEach(
            point -> {
              if (isPowerful(point)) {
                for (char c : Character.toChars(point)) {
                  line.append(String.format("\\u%04x", (int) c));
                }
              } else {
                line.appendCodePoint(point);
              }
            });
    return line.toString();
  }

  /// The zero-width joiner and its opposite stay: scripts and emoji are made with them.
  private static boolean isPowerful(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      case Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE -> true;
      case Character.FORMAT -> point != 0x200C && point != 0x200D;
      default -> false;
    };
  }
}
