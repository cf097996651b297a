package parley.bot.core.bank;

import java.util.List;
import java.util.Optional;

/// What a person may answer to a question of the bank's.
record Cue(Phrasing phrasing, Where where) {
  private static final int LONGEST_ANSWER = 14;
  private static final int REACH_OF_NOT = 2;
  // "Ok, now I am going to eat" tells something, and agrees to nothing.
  private static final int LONGEST_REST = 4;

  /// Where in the answer the words of a cue must stand.
  enum Where {
    /// They open it: `yes` is not an answer when it comes later.
    OPENING,
    ANYWHERE
  }

  /// A cue of more words says more.
  int weight() {
    return phrasing.words().size();
  }

  /// What the slot of the cue holds if the answer has the cue in it; empty text without a slot.
  Optional<String> match(Spoken answer, Vocabulary vocabulary) {
    if (answer.whole().words().size() > LONGEST_ANSWER) {
      return Optional.empty();
    }
    return phrasing.slot().isPresent()
        ? pattern(answer, vocabulary)
        : words(answer, vocabulary) ? Optional.of("") : Optional.empty();
  }

  private Optional<String> pattern(Spoken answer, Vocabulary vocabulary) {
    if (phrasing.isOnlyASlot()
        && answer.whole().normal().stream()
            .anyMatch(word -> vocabulary.is(Vocabulary.Kind.SENTENCE, word))) {
      return Optional.empty();
    }
    return answer.clauses().stream()
        .limit(phrasing.isOnlyASlot() ? 1 : answer.clauses().size())
        .flatMap(clause -> phrasing.match(vocabulary.essence(clause), vocabulary).stream())
        .findFirst();
  }

  private boolean words(Spoken answer, Vocabulary vocabulary) {
    if (where == Where.OPENING) {
      List<String> said = vocabulary.essence(answer.whole()).normal();
      return said.size() <= weight() + LONGEST_REST && startsAt(said, 0);
    }
    List<String> said = answer.whole().normal();
    for (int at = 0; at + weight() <= said.size(); at++) {
      if (startsAt(said, at) && !denied(said, at, vocabulary)) {
        return true;
      }
    }
    return false;
  }

  private boolean startsAt(List<String> said, int at) {
    return at + weight() <= said.size() && said.subList(at, at + weight()).equals(phrasing.words());
  }

  private static boolean denied(List<String> said, int at, Vocabulary vocabulary) {
    return said.subList(Math.max(0, at - REACH_OF_NOT), at).stream()
        .anyMatch(word -> vocabulary.is(Vocabulary.Kind.NOT, word));
  }
}
