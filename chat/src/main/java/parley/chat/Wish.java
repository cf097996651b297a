package parley.chat;

import java.time.Year;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import parley.proto.domain.v1.Gender;

/// Reads what a person says of themselves and looks for, from options and from answers alike. A
/// fault is a sentence: what was given, what was expected.
final class Wish {
  private static final int OLDEST = 120;
  private static final int MAX_TAGS = 10;
  private static final int MAX_TAG_LENGTH = 32;
  private static final int MAX_LANGUAGES = 4;

  private Wish() {}

  static int birthYear(String text) {
    int thisYear = Year.now(java.time.ZoneOffset.UTC).getValue();
    if (!text.matches("[0-9]{4}")
        || Integer.parseInt(text) > thisYear
        || Integer.parseInt(text) < thisYear - OLDEST) {
      throw fault("year of birth", text, "four digits, for example 1990");
    }
    return Integer.parseInt(text);
  }

  static Gender gender(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "woman" -> Gender.GENDER_WOMAN;
      case "man" -> Gender.GENDER_MAN;
      case "nonbinary" -> Gender.GENDER_NONBINARY;
      case "", "unstated" -> Gender.GENDER_UNSPECIFIED;
      default -> throw fault("gender", text, "woman, man, nonbinary or unstated");
    };
  }

  /// Empty is anyone.
  static List<Gender> seeking(String text) {
    if (text.isBlank() || text.strip().equalsIgnoreCase("anyone")) {
      return List.of();
    }
    List<Gender> genders = parts(text).stream().map(Wish::gender).distinct().toList();
    if (genders.contains(Gender.GENDER_UNSPECIFIED)) {
      throw fault("seeking", text, "anyone, or some of woman, man, nonbinary with commas between");
    }
    return genders;
  }

  static List<String> tags(String text) {
    List<String> tags = parts(text);
    if (tags.size() > MAX_TAGS
        || tags.stream().anyMatch(tag -> tag.codePointCount(0, tag.length()) > MAX_TAG_LENGTH)) {
      throw fault("tags", text, "at most 10, of at most 32 characters each, with commas between");
    }
    return tags;
  }

  /// Empty is any.
  static List<String> languages(String text) {
    if (text.strip().equalsIgnoreCase("any")) {
      return List.of();
    }
    List<String> languages = parts(text);
    if (languages.size() > MAX_LANGUAGES
        || !languages.stream().allMatch(tag -> tag.matches("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*"))) {
      throw fault("languages", text, "at most 4 such as en or pt-BR, with commas between");
    }
    return languages;
  }

  private static List<String> parts(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .distinct()
        .collect(Collectors.toUnmodifiableList());
  }

  private static IllegalArgumentException fault(String what, String given, String expected) {
    return new IllegalArgumentException(what + " is '" + given + "', expected " + expected);
  }
}
