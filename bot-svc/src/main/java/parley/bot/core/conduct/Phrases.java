package parley.bot.core.conduct;

import java.util.List;

/// The phrases of one rule in one language, and what looks like them and is harmless.
final class Phrases {
  private final PhraseIndex meant;
  private final PhraseIndex harmless;

  Phrases(List<Phrase> meant, List<Phrase> harmless) {
    this.meant = new PhraseIndex(meant);
    this.harmless = new PhraseIndex(harmless);
  }

  /// Whether one of them is in the text besides what is harmless.
  boolean areIn(String folded) {
    return meant.isIn(folded) && meant.isIn(harmless.blankedIn(folded));
  }
}
