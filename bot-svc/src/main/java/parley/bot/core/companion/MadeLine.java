package parley.bot.core.companion;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Cuts what a model made to what can be said of it.
final class MadeLine {
  private static final int SENTENCES = 2;
  private static final Pattern BETWEEN = Pattern.compile("(?<=[.!?…])[\"”’)]?\\s+");
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private MadeLine() {}

  /// Its first two whole sentences on one line; empty if there is none.
  static String trimmed(String made) {
    return sentences(BLANKS.matcher(made).replaceAll(" ").strip()).stream()
        .limit(SENTENCES)
        .takeWhile(sentence -> sentence.matches(".*[.!?…]"))
        .collect(Collectors.joining(" "));
  }

  static List<String> sentences(String line) {
    return BETWEEN.splitAsStream(line).map(String::strip).filter(one -> !one.isEmpty()).toList();
  }
}
