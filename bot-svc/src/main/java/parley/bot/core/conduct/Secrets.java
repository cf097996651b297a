package parley.bot.core.conduct;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Texts that must not come out, as a system prompt: no run of some words of them.
record Secrets(Set<String> runs) {
  /// Ordinary talk does not share so many words in a row with an instruction.
  private static final int WORDS = 6;

  static final Secrets NONE = new Secrets(Set.of());

  Secrets {
    runs = Set.copyOf(runs);
  }

  /// A text of fewer words is a secret as a whole.
  static Secrets of(String text) {
    List<String> words =
        Arrays.stream(Folding.fold(text).split(" ")).filter(word -> word.matches("[^.]+")).toList();
    if (words.isEmpty()) {
      return NONE;
    }
    int length = Math.min(WORDS, words.size());
    return new Secrets(
        IntStream.rangeClosed(0, words.size() - length)
            .mapToObj(from -> run(words.subList(from, from + length)))
            .collect(Collectors.toSet()));
  }

  private static String run(List<String> words) {
    return " " + String.join(" ", words) + " ";
  }

  Secrets and(Secrets more) {
    return new Secrets(
        Stream.of(runs, more.runs)
            .flatMap(Set::stream)
            .collect(Collectors.toCollection(HashSet::new)));
  }

  boolean areIn(String folded) {
    String words = folded.replace(" . ", " ");
    return runs.stream().anyMatch(words::contains);
  }
}
