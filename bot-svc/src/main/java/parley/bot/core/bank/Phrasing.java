package parley.bot.core.bank;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Something a person might say, as a pattern of words with at most one slot, such as `my cat is
/// called {pet}`.
///
/// @param words comparable; the slot is one of them, in braces
/// @param slotAt which of them it is; -1 if there is none
record Phrasing(Place place, String text, List<String> words, int slotAt) {
  static final Pattern SLOT = Pattern.compile("\\{([a-z]+)}");

  private static final int LONGEST_SLOT = 4;
  private static final int LONGEST_SLOT_CHARACTERS = 40;
  private static final String MARK = "0slot0";

  Phrasing {
    words = List.copyOf(words);
  }

  static Phrasing of(Place place, String text, Vocabulary vocabulary) {
    Matcher slot = SLOT.matcher(text);
    String marked = slot.replaceAll(" " + MARK + " ");
    String name = slot.reset().find() ? slot.group() : MARK;
    List<String> words =
        vocabulary.words(marked).stream().map(word -> word.equals(MARK) ? name : word).toList();
    return new Phrasing(place, text, words, words.indexOf(name));
  }

  /// The name of its slot.
  Optional<String> slot() {
    return slotAt < 0
        ? Optional.empty()
        : Optional.of(words.get(slotAt).substring(1, words.get(slotAt).length() - 1));
  }

  boolean isOnlyASlot() {
    return words.size() == 1 && slotAt == 0;
  }

  /// What an embedder is asked about.
  String plain() {
    return SLOT.matcher(text).replaceAll("something");
  }

  /// The clause is this phrasing, from its first word to its last; a slot at the end also ends
  /// where another thought begins.
  ///
  /// @return what the slot holds, as a reply may repeat it; empty text if there is no slot
  Optional<String> match(Clause clause, Vocabulary vocabulary) {
    List<String> said = clause.normal();
    if (slotAt < 0) {
      return said.equals(words) ? Optional.of("") : Optional.empty();
    }
    int to = said.size() - (words.size() - slotAt - 1);
    boolean matches =
        said.size() >= words.size()
            && said.subList(0, slotAt).equals(words.subList(0, slotAt))
            && said.subList(to, said.size()).equals(words.subList(slotAt + 1, words.size()));
    return matches ? held(clause.part(slotAt, to), vocabulary) : Optional.empty();
  }

  private static Optional<String> held(Clause slot, Vocabulary vocabulary) {
    List<String> said = slot.normal();
    int end = end(slot, vocabulary);
    boolean fits =
        end > 0
            && end <= LONGEST_SLOT
            && !vocabulary.is(Vocabulary.Kind.BARRED, said.getFirst())
            && said.stream().noneMatch(word -> vocabulary.is(Vocabulary.Kind.NEVER, word))
            && said.stream().noneMatch(word -> word.matches(".*\\d{5}.*"));
    if (!fits) {
      return Optional.empty();
    }
    String text = vocabulary.turned(slot.written(0, end));
    return text.length() <= LONGEST_SLOT_CHARACTERS ? Optional.of(text) : Optional.empty();
  }

  private static int end(Clause slot, Vocabulary vocabulary) {
    List<String> said = slot.normal();
    int end = 0;
    while (end < said.size()
        && !vocabulary.is(Vocabulary.Kind.STOP, said.get(end))
        && !(end > 0 && slot.isParted(end))) {
      end++;
    }
    while (end > 0 && vocabulary.is(Vocabulary.Kind.TRAILING, said.get(end - 1))) {
      end--;
    }
    return end;
  }
}
