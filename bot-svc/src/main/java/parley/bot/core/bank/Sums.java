package parley.bot.core.bank;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Works out what two numbers make, if that is all that a text asks.
final class Sums {
  private static final String NUMBER = "(-?\\d{1,9}(?:[.,]\\d{1,6})?)";

  /// What also stands in times, scores and spans ("24/7", "9-5") is only taken between blanks.
  private static final Pattern SUM =
      Pattern.compile(
          "(?:[\\p{L}' ]{0,25}\\b)?\\s*"
              + NUMBER
              + "(\\s*(?:\\+|plus|minus|\\*|x|×|times|mal|÷|divided by|over|durch|geteilt durch)\\s*"
              + "|\\s+[-–/]\\s+)"
              + NUMBER
              + "\\s*[=?!. ]*",
          Pattern.CASE_INSENSITIVE);

  private static final BigDecimal TOO_LONG = new BigDecimal("1e15");

  private Sums() {}

  /// The result, as people write numbers; empty for any other text, and for what cannot be divided.
  static Optional<String> in(String text) {
    Matcher sum = SUM.matcher(text.strip());
    return sum.matches() ? result(sum) : Optional.empty();
  }

  private static Optional<String> result(MatchResult sum) {
    BigDecimal first = number(sum.group(1));
    BigDecimal second = number(sum.group(3));
    return switch (sum.group(2).strip().toLowerCase(java.util.Locale.ROOT)) {
      case "+", "plus" -> written(first.add(second));
      case "-", "–", "minus" -> written(first.subtract(second));
      case "*", "x", "×", "times", "mal" -> written(first.multiply(second));
      default ->
          second.signum() == 0
              ? Optional.empty()
              : written(first.divide(second, MathContext.DECIMAL32));
    };
  }

  private static BigDecimal number(String written) {
    return new BigDecimal(written.replace(',', '.'));
  }

  private static Optional<String> written(BigDecimal result) {
    return result.abs().compareTo(TOO_LONG) >= 0
        ? Optional.empty()
        : Optional.of(result.signum() == 0 ? "0" : result.stripTrailingZeros().toPlainString());
  }
}
