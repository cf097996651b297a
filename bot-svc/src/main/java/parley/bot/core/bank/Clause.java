package parley.bot.core.bank;

import java.util.List;

/// A stretch of what a person wrote that no punctuation interrupts.
///
/// @param raw the whole text it is part of, as written
/// @param normal the comparable words
record Clause(String raw, List<Word> words, List<String> normal) {
  /// @param normal as it is compared; one written word may have several (`I'm` has two)
  /// @param from where the written word begins in `raw`
  /// @param to where it ends
  record Word(String normal, int from, int to) {}

  Clause {
    words = List.copyOf(words);
    normal = List.copyOf(normal);
  }

  static Clause of(String raw, List<Word> words) {
    return new Clause(raw, words, words.stream().map(Word::normal).toList());
  }

  /// As written, from one word to before another.
  String written(int from, int to) {
    return raw.substring(words.get(from).from(), words.get(to - 1).to());
  }

  /// A comma or another mark stands before this word.
  boolean isParted(int word) {
    return raw.substring(
            words.get(word - 1).to(), Math.max(words.get(word - 1).to(), words.get(word).from()))
        .matches(".*[.!?;,:()…\\n].*");
  }

  Clause part(int from, int to) {
    return new Clause(raw, words.subList(from, to), normal.subList(from, to));
  }
}
