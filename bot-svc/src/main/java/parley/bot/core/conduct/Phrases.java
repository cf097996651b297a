package parley.bot.core.conduct;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The phrases of one rule in one language, and what looks like them and is harmless. All phrases
/// are one pattern, so that a text is walked through once and not once for each.
final class Phrases {
  private static final String BLANKED = "_ ";

  private final Pattern meant;
  private final Pattern harmless;

  Phrases(List<Phrase> meant, List<Phrase> harmless) {
    this.meant = anyOf(meant);
    this.harmless = anyOf(harmless);
  }

  /// Nothing matches where there is no phrase.
  private static Pattern anyOf(List<Phrase> phrases) {
    return Pattern.compile(
        phrases.stream().map(Phrase::regex).collect(Collectors.joining("|", "(?<= )(?:", ")"))
            + (phrases.isEmpty() ? "(?!)" : ""));
  }

  /// Whether one of them is in the text besides what is harmless.
  boolean areIn(String folded) {
    return meant.matcher(folded).find()
        && meant.matcher(harmless.matcher(folded).replaceAll(BLANKED)).find();
  }
}
