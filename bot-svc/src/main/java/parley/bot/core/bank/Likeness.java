package parley.bot.core.bank;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How alike texts of one language are by the words they share, of which rare ones count more.
final class Likeness {
  // Shared words say less than shared meaning: "i love my job" and "i hate my job".
  private static final double WORDS = 0.9;

  private final Map<String, Integer> uses = new HashMap<>();
  private final int texts;

  /// The words of a text, and how much they say together.
  record Weighed(Set<String> words, double weight) {
    Weighed {
      words = Set.copyOf(words);
    }
  }

  /// @param texts from which is learned how rare a word is
  Likeness(List<List<String>> texts) {
    this.texts = texts.size();
    texts.forEach(words -> new HashSet<>(words).forEach(word -> uses.merge(word, 1, Integer::sum)));
  }

  Weighed weigh(Collection<String> words) {
    Set<String> distinct = new HashSet<>(words);
    return new Weighed(distinct, distinct.stream().mapToDouble(this::weight).sum());
  }

  /// 0 if no word is shared, 0.9 if all are (Dice's coefficient of the weights).
  double of(Weighed one, Weighed two) {
    double shared = 0;
    for (String word : two.words()) {
      if (one.words().contains(word)) {
        shared += weight(word);
      }
    }
    return shared == 0 ? 0 : WORDS * 2 * shared / (one.weight() + two.weight());
  }

  /// How much of what the words of a phrasing say the other text says too: 0 to 1.
  double share(Weighed phrasing, Weighed text) {
    double shared =
        phrasing.words().stream().filter(text.words()::contains).mapToDouble(this::weight).sum();
    return phrasing.weight() == 0 ? 0 : shared / phrasing.weight();
  }

  private double weight(String word) {
    return Math.log((texts + 1.0) / uses.getOrDefault(word, 1));
  }
}
