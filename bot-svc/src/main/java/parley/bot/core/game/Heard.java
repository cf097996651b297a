package parley.bot.core.game;

import java.util.Collections;
import java.util.List;
import parley.bot.core.bank.Vocabulary;

/// What a person said, as games understand it.
final class Heard {
  private static final int LONG_WORD = 5;
  private static final int VERY_LONG_WORD = 9;

  private final String text;
  private final Vocabulary vocabulary;
  private final List<String> words;

  Heard(String text, Vocabulary vocabulary) {
    this.text = text;
    this.vocabulary = vocabulary;
    this.words = vocabulary.words(text);
  }

  List<String> words() {
    return words;
  }

  /// It is a phrase of that group of `words.txt` and nothing more.
  boolean is(String group) {
    return vocabulary.isOneOf(group, text);
  }

  /// It is that phrase and nothing more.
  boolean says(String phrase) {
    return vocabulary.says(phrase, text);
  }

  boolean isYes() {
    return vocabulary.opening("yes", text) > vocabulary.opening("no", text);
  }

  boolean isNo() {
    return vocabulary.opening("no", text) > vocabulary.opening("yes", text);
  }

  /// It holds these words one after the other.
  boolean holds(String phrase) {
    return at(vocabulary.words(phrase), words) >= 0;
  }

  /// It holds these words, perhaps with a slip of the finger in the longer ones.
  boolean nearlyHolds(String phrase) {
    List<String> wanted = vocabulary.words(phrase);
    for (int from = 0; from + wanted.size() <= words.size(); from++) {
      if (nearly(wanted, words.subList(from, from + wanted.size()))) {
        return true;
      }
    }
    return false;
  }

  private static int at(List<String> wanted, List<String> words) {
    return wanted.isEmpty() ? -1 : Collections.indexOfSubList(words, wanted);
  }

  private static boolean nearly(List<String> wanted, List<String> said) {
    for (int at = 0; at < wanted.size(); at++) {
      String word = wanted.get(at);
      int slips = word.length() >= VERY_LONG_WORD ? 2 : word.length() >= LONG_WORD ? 1 : 0;
      if (distance(word, said.get(at)) > slips) {
        return false;
      }
    }
    return !wanted.isEmpty();
  }

  /// Letters to put in, take out or change to make one of the other (Levenshtein).
  private static int distance(String one, String two) {
    int[] row = new int[two.length() + 1];
    for (int at = 0; at <= two.length(); at++) {
      row[at] = at;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= two.length(); j++) {
        int changed = diagonal + (one.charAt(i - 1) == two.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[two.length()];
  }
}
