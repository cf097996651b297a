package parley.session.core;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What counts as a text: not too long, and plain.
final class TextRules {
  private final SessionLimits limits;

  TextRules(SessionLimits limits) {
    this.limits = limits;
  }

  /// Why a text is not taken; empty if it is.
  Optional<Outcome> refuse(String text) {
    if (isTooLong(text)) {
      return Optional.of(new Outcome.TooLong(limits.maxCodePoints(), limits.maxBytes()));
    }
    return isPlain(text) && !text.isBlank()
        ? Optional.empty()
        : Optional.of(new Outcome.NotPlainText());
  }

  private static boolean isPlain(String text) {
    for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
      if (isHidden(text.codePointAt(at))) {
        return false;
      }
    }
    return true;
  }

  private boolean isTooLong(String text) {
    return text.codePointCount(0, text.length()) > limits.maxCodePoints()
        || (text.length() > limits.maxBytes() / 3
            && text.getBytes(StandardCharsets.UTF_8).length > limits.maxBytes());
  }

  /// Controls other than line feed and tab, and what overrides or embeds a direction (Unicode TR
  /// 9): with them a text shows other words than it holds.
  private static boolean isHidden(int codePoint) {
    return (Character.getType(codePoint) == Character.CONTROL
            && codePoint != '\n'
            && codePoint != '\t')
        || (codePoint >= 0x202A && codePoint <= 0x202E)
        || (codePoint >= 0x2066 && codePoint <= 0x2069)
        || (codePoint >= 0xD800 && codePoint <= 0xDFFF);
  }
}
