package parley.bot.core.conduct;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import parley.bot.core.conduct.Reviewed.Why;

/// Finds what leads out of a conversation, in any language: links, mail addresses, phone numbers
/// and names of accounts.
final class Traces {
  private static final String DOT =
      " ?(?:\\.|\\[\\.]|\\(\\.\\)|[\\[( ](?:dot|punkt|point|punto|ponto)[\\]) ]) ?";

  /// Endings that are no words of our languages; those that are (`it`, `so`, `me`) need a path.
  private static final String ENDINGS =
      "(?:com|net|org|info|biz|io|ai|app|dev|gg|ly|xyz|online|site|shop|club|tv|co|uk|de|fr|es|eu|ch"
          + "|br|pl|tr|ru|su|рф|ua|edu|gov|cc|ws|onion|tk|ml|gq|vip|icu|pro|link|page|chat)";

  private static final Pattern LINK =
      Pattern.compile(
          "\\b(?:https?|hxxps?|ftp|tg|mailto)\\s?:\\s?/?/?\\S|\\bwww\\s?\\.|"
              + "[\\p{L}\\p{Nd}-]+\\.[\\p{L}\\p{Nd}-]{2,}/\\S|"
              + "\\b[\\p{L}\\p{Nd}][\\p{L}\\p{Nd}-]*\\."
              + ENDINGS
              + "\\b(?!\\.?\\p{L})|"
              + "\\b[\\p{L}\\p{Nd}-]{2,}(?!\\.)"
              + DOT
              + "(?:com|net|org)\\b|"
              + "\\b(?:\\d{1,3}\\.){3}\\d{1,3}\\b|\\]\\([^)]*\\)",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern MAIL =
      Pattern.compile(
          "[\\p{L}\\p{Nd}._%+-]+ ?(?:@|\\(at\\)|\\[at]) ?[\\p{L}\\p{Nd}-]+(?:\\.|"
              + DOT
              + ")\\p{L}{2,}|"
              + "\\b[\\p{L}\\p{Nd}._-]+ (?:at|arroba) (?:gmail|hotmail|yahoo|outlook|icloud|proton)\\w*",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  private static final Pattern ACCOUNT =
      Pattern.compile(
          "(?<![\\p{L}\\p{Nd}])@[\\p{L}\\p{Nd}_][\\p{L}\\p{Nd}_.]+|\\b\\w{2,}#\\d{4}\\b");
  private static final Pattern DIGITS =
      Pattern.compile("(?:\\+|\\b)\\(?\\d(?:[\\s./()‑–-]{0,3}\\d){6,}");
  private static final Pattern YEARS = Pattern.compile("[12]\\d{3}(?:\\W+[12]\\d{3})+");
  private static final Pattern DATE =
      Pattern.compile(
          "\\d{4}[-./ ]\\d{1,2}[-./ ]\\d{1,2}|\\d{1,2}[-./ ]{1,2}\\d{1,2}[-./ ]{1,2}\\d{4}");
  private static final Pattern AMOUNT = Pattern.compile("\\d{1,3}(?:[ .]\\d{3})*[ .]000|\\d+000");
  private static final int SHORT_NUMBER = 7;

  private Traces() {}

  /// What kind of trace is in a sentence, if there is one.
  static Optional<Why> in(String sentence) {
    String plain = digits(Normalizer.normalize(sentence, Form.NFKC));
    if (MAIL.matcher(plain).find() || ACCOUNT.matcher(plain).find() || hasPhoneNumber(plain)) {
      return Optional.of(Why.CONTACT);
    }
    return LINK.matcher(plain).find() ? Optional.of(Why.LINK) : Optional.empty();
  }

  private static boolean hasPhoneNumber(String text) {
    return DIGITS.matcher(text).results().map(MatchResult::group).anyMatch(Traces::isPhoneNumber);
  }

  /// Seven digits or more that are no years, no date, and no amount.
  private static boolean isPhoneNumber(String digits) {
    boolean otherwise =
        YEARS.matcher(digits).matches()
            || DATE.matcher(digits).matches()
            || AMOUNT.matcher(digits).matches();
    return !otherwise && digits.replaceAll("\\D", "").length() >= SHORT_NUMBER;
  }

  private static String digits(String text) {
    return Pattern.compile("\\p{Nd}")
        .matcher(text)
        .replaceAll(digit -> String.valueOf(Character.digit(digit.group().codePointAt(0), 10)));
  }
}
