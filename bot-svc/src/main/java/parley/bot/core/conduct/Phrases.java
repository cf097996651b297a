package parley.bot.core.conduct;

import java.util.List;

/// The phrases of one rule in one language, and what looks like them and is harmless.
record Phrases(List<Phrase> meant, List<Phrase> harmless) {
  Phrases {
    meant = List.copyOf(meant);
    harmless = List.copyOf(harmless);
  }

  /// Whether one of them is in the text besides what is harmless.
  boolean areIn(String folded) {
    if (meant.stream().noneMatch(phrase -> phrase.isIn(folded))) {
      return false;
    }
    String rest = folded;
    for (Phrase phrase : harmless) {
      rest = phrase.blankedIn(rest);
    }
    String besides = rest;
    return meant.stream().anyMatch(phrase -> phrase.isIn(besides));
  }
}
