package parley.match.core;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// A language as it is compared: the primary subtag of a BCP 47 tag, in its shortest current form.
///
/// Region and script are dropped on purpose: who writes en-GB and who writes en-US can talk. What
/// has a primary code of its own (`yue`) is a language of its own.
public record Language(String code) {
  private static final Map<String, String> SHORTER =
      Arrays.stream(Locale.getISOLanguages())
          .collect(
              Collectors.toUnmodifiableMap(
                  two -> Locale.of(two).getISO3Language(), two -> two, (one, _) -> one));

  public Language {
    if (!code.matches("[a-z]{2,8}")) {
      throw new IllegalArgumentException(
          "language is '" + code + "', expected 2 to 8 lower case letters");
    }
  }

  /// The language of a BCP 47 tag: `en-GB` is `en`, `eng` is `en`, `iw` is `he`.
  ///
  /// @throws IllegalArgumentException if the tag names none
  public static Language of(String tag) {
    String primary = Locale.forLanguageTag(tag).getLanguage();
    if (primary.isEmpty() || primary.equals("und")) {
      throw new IllegalArgumentException(
          "language is '" + tag + "', expected a BCP 47 tag that names a language");
    }
    return new Language(SHORTER.getOrDefault(primary, primary));
  }

  @Override
  public String toString() {
    return code;
  }
}
