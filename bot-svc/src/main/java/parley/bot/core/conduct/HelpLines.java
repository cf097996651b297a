package parley.bot.core.conduct;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whom one can call, by country and, where the country is not known, by language; from
/// `helplines.txt`.
final class HelpLines {
  private static final int COLUMNS = 4;
  private static final String NOT_KNOWN = "-";

  private final Map<String, Numbers> numbers;

  /// Numbers with the names they go by; empty where none is known for certain.
  record Numbers(Optional<String> comes, Optional<String> listens, Optional<String> toChildren) {
    private static final Numbers NONE =
        new Numbers(Optional.empty(), Optional.empty(), Optional.empty());
  }

  private HelpLines(Map<String, Numbers> numbers) {
    this.numbers = numbers;
  }

  static HelpLines read(String name, String text, Faults faults) {
    Map<String, Numbers> numbers = new HashMap<>();
    List<String> lines = text.lines().toList();
    for (int number = 1; number <= lines.size(); number++) {
      String line = lines.get(number - 1).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      List<String> columns = Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
      if (columns.size() != COLUMNS || columns.contains("")) {
        faults.add(
            "%s:%d: '%s': expected 'where | comes | listens | to children', with - for none"
                .formatted(name, number, line));
      } else if (!isPlace(columns.getFirst())) {
        faults.add(
            "%s:%d: found '%s', expected a country (AT) or one of %s"
                .formatted(name, number, columns.getFirst(), Tongue.LANGUAGES));
      } else if (numbers.put(columns.getFirst(), row(columns)) != null) {
        faults.add(
            "%s:%d: found '%s' again, expected each place once"
                .formatted(name, number, columns.getFirst()));
      }
    }
    return new HelpLines(numbers);
  }

  private static boolean isPlace(String text) {
    return text.matches("[A-Z]{2}") || Tongue.LANGUAGES.contains(text);
  }

  private static Numbers row(List<String> columns) {
    return new Numbers(known(columns.get(1)), known(columns.get(2)), known(columns.get(3)));
  }

  private static Optional<String> known(String column) {
    return Optional.of(column).filter(text -> !text.equals(NOT_KNOWN));
  }

  /// Those of the country; if no country is known, the best known of the language; if the country
  /// is not listed, none, for another country's numbers would not help.
  Numbers near(Tongue tongue) {
    Numbers ofLanguage = numbers.getOrDefault(tongue.language(), Numbers.NONE);
    return tongue.region().isEmpty()
        ? ofLanguage
        : numbers.getOrDefault(tongue.region(), Numbers.NONE);
  }
}
