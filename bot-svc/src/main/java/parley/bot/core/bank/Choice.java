package parley.bot.core.bank;

import java.util.List;
import java.util.Optional;

/// The last thing of a choice that somebody offers: "the blue one" of "the red one or the blue
/// one?". Of a choice of taste only: what somebody is to do with their own life is not drawn by
/// lot.
final class Choice {
  private static final int LONGEST = 4;

  private Choice() {}

  /// Empty if its end cannot be told, or if it must not be repeated.
  static Optional<String> in(Spoken question, Vocabulary vocabulary) {
    boolean taste =
        !vocabulary.within("own", question) && !vocabulary.within("choice-grave", question);
    return taste
        ? question.clauses().stream()
            .flatMap(clause -> last(vocabulary.essence(clause), vocabulary).stream())
            .reduce((_, later) -> later)
        : Optional.empty();
  }

  private static Optional<String> last(Clause clause, Vocabulary vocabulary) {
    List<String> words = clause.normal();
    int from = -1;
    for (int at = 0; at < words.size(); at++) {
      from = vocabulary.isListed("choice-or", words.get(at)) ? at + 1 : from;
    }
    if (from < 0 || from >= words.size() || words.size() - from > LONGEST) {
      return Optional.empty();
    }
    List<String> chosen = words.subList(from, words.size());
    boolean fits =
        !vocabulary.isListed("choice-not", chosen.getFirst())
            && chosen.stream().noneMatch(word -> vocabulary.is(Vocabulary.Kind.NEVER, word))
            && Vocabulary.isSayable(clause.written(from, words.size()));
    return fits
        ? Optional.of(vocabulary.turned(clause.written(from, words.size())))
        : Optional.empty();
  }
}
