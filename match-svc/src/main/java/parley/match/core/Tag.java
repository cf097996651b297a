package parley.match.core;

import java.text.Normalizer;
import java.util.Locale;

/// Something a person likes, as it is compared: NFKC, lower case, without blanks around it.
///
/// 1 to 32 code points, no control or direction-override characters.
public record Tag(String text) {
  private static final int LONGEST = 32;

  public Tag {
    if (!text.equals(normalise(text))) {
      throw new IllegalArgumentException("tag is '" + text + "', expected its normal form");
    }
    int length = text.codePointCount(0, text.length());
    if (length < 1 || length > LONGEST) {
      throw new IllegalArgumentException(
          "tag has " + length + " characters, expected 1 to " + LONGEST);
    }
    if (text.codePoints().anyMatch(Tag::isInvisible)) {
      throw new IllegalArgumentException("tag holds a control or format character");
    }
  }

  /// The tag that a person means by this text.
  ///
  /// @throws IllegalArgumentException if nothing is left of it, or too much
  public static Tag of(String written) {
    return new Tag(normalise(written));
  }

  @Override
  public String toString() {
    return text;
  }

  /// Lower case can undo the normal form (İ), so that it is taken twice.
  private static String normalise(String written) {
    String folded = Normalizer.normalize(written, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    return Normalizer.normalize(folded, Normalizer.Form.NFKC).strip();
  }

  /// The joiners that words and emoji are written with are visible in their effect.
  private static boolean isInvisible(int codePoint) {
    int type = Character.getType(codePoint);
    boolean joiner = codePoint == 0x200C || codePoint == 0x200D;
    return type == Character.CONTROL
        || (type == Character.FORMAT && !joiner)
        || type == Character.SURROGATE;
  }
}
