package parley.bot.core.bank;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds texts that share nine tenths of their words. Two such texts share one of the few words
/// that are rarest in each, so that only those need be compared (prefix filtering: Bayardo, Ma,
/// Srikant, "Scaling up all pairs similarity search", 2007).
final class NearTwins {
  private static final double NEAR = 0.9;

  private final String kind;
  private final List<Text> texts = new ArrayList<>();
  private final Map<String, Integer> uses = new HashMap<>();

  private record Text(Place place, Set<String> words) {
    /// Shared words by all words of both.
    double likeness(Text other) {
      long shared = words.stream().filter(other.words::contains).count();
      return shared / (double) (words.size() + other.words.size() - shared);
    }
  }

  /// @param kind what the texts are, for the faults
  NearTwins(String kind) {
    this.kind = kind;
  }

  void add(Place place, List<String> words) {
    Set<String> distinct = new LinkedHashSet<>(words);
    distinct.forEach(word -> uses.merge(word, 1, Integer::sum));
    texts.add(new Text(place, distinct));
  }

  /// Adds one fault for each text that is near an earlier one.
  void faults(List<TextFault> faults) {
    Map<String, List<Text>> byRareWord = new HashMap<>();
    for (Text text : texts) {
      List<String> rare =
          text.words().stream()
              .sorted(Comparator.<String>comparingInt(uses::get).thenComparing(word -> word))
              .limit(text.words().size() - (long) Math.ceil(NEAR * text.words().size()) + 1)
              .toList();
      rare.stream()
          .flatMap(word -> byRareWord.getOrDefault(word, List.of()).stream())
          .filter(earlier -> earlier.likeness(text) >= NEAR)
          .findFirst()
          .ifPresent(
              earlier ->
                  faults.add(
                      new TextFault(text.place(), kind + " is nearly that of " + earlier.place())));
      rare.forEach(word -> byRareWord.computeIfAbsent(word, one -> new ArrayList<>()).add(text));
    }
  }
}
