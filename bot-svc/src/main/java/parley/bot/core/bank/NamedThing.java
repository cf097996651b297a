package parley.bot.core.bank;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a person named in passing, as it can be named back: "your old bike".
final class NamedThing {
  private static final int LONGEST = 3;
  private static final Pattern LIKE_A_VERB = Pattern.compile(".*(?:[^s]s|ed|ing|ly)");
  private static final Pattern DIGIT = Pattern.compile("\\d");

  private NamedThing() {}

  /// The last thing in it that is named by one word or two after a determiner; empty if its end
  /// cannot be told, or if its words must not be repeated.
  static Optional<String> in(Spoken spoken, Vocabulary vocabulary) {
    return spoken.clauses().stream()
        .flatMap(clause -> last(clause, vocabulary).stream())
        .reduce((_, later) -> later);
  }

  private static Optional<String> last(Clause clause, Vocabulary vocabulary) {
    List<String> words = clause.normal();
    for (int at = words.size() - 2; at >= 0; at--) {
      if (opensAThing(words, at, vocabulary)) {
        Optional<String> named = named(clause.part(at, words.size()), vocabulary);
        if (named.isPresent()) {
          return named;
        }
      }
    }
    return Optional.empty();
  }

  /// "On the floor" only tells where; "on my bike" names the bike.
  private static boolean opensAThing(List<String> words, int at, Vocabulary vocabulary) {
    String word = words.get(at);
    boolean opens =
        vocabulary.is(Vocabulary.Kind.DETERMINER, word)
            || vocabulary.is(Vocabulary.Kind.ARTICLE, word);
    boolean aside = at > 0 && vocabulary.is(Vocabulary.Kind.WHERE, words.get(at - 1));
    return opens && (!aside || !vocabulary.turned(word).equals(word));
  }

  /// @param opened begins with a determiner
  private static Optional<String> named(Clause opened, Vocabulary vocabulary) {
    List<String> words = opened.normal();
    int end = 1;
    while (end < words.size()
        && !(end > 1 && isVerb(words.get(end)))
        && !ends(words.get(end), vocabulary)) {
      end++;
    }
    // "My cat sleeps on", "the bus stopped at": the last word before may be a verb.
    while (end > 2 && LIKE_A_VERB.matcher(words.get(end - 1)).matches()) {
      end--;
    }
    List<String> thing = words.subList(1, end);
    boolean safe =
        !thing.isEmpty()
            && end <= LONGEST
            && !thing.getLast().endsWith("ly")
            && thing.getLast().length() > 2
            && thing.stream().noneMatch(DIGIT.asPredicate())
            && !vocabulary.is(Vocabulary.Kind.BARRED, thing.getFirst())
            && thing.stream().noneMatch(word -> vocabulary.is(Vocabulary.Kind.NEVER, word));
    return safe
        ? Optional.of(pointing(words.getFirst(), vocabulary) + " " + opened.written(1, end))
        : Optional.empty();
  }

  private static boolean isVerb(String word) {
    return word.length() > 3 && word.endsWith("ed");
  }

  /// "My bike" is "your bike", and "a bike" is "that bike".
  private static String pointing(String word, Vocabulary vocabulary) {
    return vocabulary.is(Vocabulary.Kind.ARTICLE, word)
        ? String.join(" ", vocabulary.group("pointing"))
        : vocabulary.turned(word);
  }

  private static boolean ends(String word, Vocabulary vocabulary) {
    return vocabulary.is(Vocabulary.Kind.BREAK, word)
        || vocabulary.is(Vocabulary.Kind.STOP, word)
        || vocabulary.is(Vocabulary.Kind.SENTENCE, word)
        || vocabulary.is(Vocabulary.Kind.TRAILING, word)
        || vocabulary.is(Vocabulary.Kind.NOT, word);
  }
}
