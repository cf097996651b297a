package parley.bot.core.conduct;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// The language somebody is spoken to in, and where they may be.
///
/// @param language one of [#LANGUAGES]
/// @param region an ISO 3166 country code in upper case, or empty if it is not known; it chooses
///   help lines and nothing else
public record Tongue(String language, String region) {
  /// What every file of this package is written in; the first is spoken to everybody else.
  public static final List<String> LANGUAGES =
      List.of("en", "de", "fr", "es", "pt", "it", "pl", "tr", "ru", "ar");

  public Tongue {
    if (!LANGUAGES.contains(language)) {
      throw new IllegalArgumentException(
          "language is '" + language + "', expected one of " + LANGUAGES);
    }
    if (!region.matches("([A-Z]{2})?")) {
      throw new IllegalArgumentException(
          "region is '" + region + "', expected two upper case letters or nothing");
    }
  }

  /// The first language of these BCP 47 tags that Parley's files are written in, with the first
  /// region that a tag of that language names; English if there is none. A region of another
  /// language is not believed: browsers add en-US for people all over the world.
  public static Tongue of(List<String> languageTags) {
    List<Locale> wished = languageTags.stream().map(Locale::forLanguageTag).toList();
    String language =
        wished.stream()
            .map(Locale::getLanguage)
            .filter(LANGUAGES::contains)
            .findFirst()
            .orElse(LANGUAGES.getFirst());
    String region =
        wished.stream()
            .filter(locale -> locale.getLanguage().equals(language))
            .map(Locale::getCountry)
            .filter(country -> country.length() == 2)
            .findFirst()
            .orElse("");
    return new Tongue(language, region);
  }

  /// This language first, then the others: people write in more languages than they name.
  List<String> languagesFromOwn() {
    return Stream.concat(
            Stream.of(language), LANGUAGES.stream().filter(other -> !other.equals(language)))
        .toList();
  }
}
