package parley.bot.core.bank;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A question as it stands inside of a sentence: "how do I get rust off a pan?" as "how to get rust
/// off a pan". The words for it are groups of the language whose names begin with `query`; without
/// them no question is turned.
final class Query {
  private static final int LONGEST = 12;
  private static final int LONGEST_CHARACTERS = 70;
  private static final int LONGEST_NAME = 4;
  private static final int AUXILIARY_WITHIN = 5;

  private final Vocabulary vocabulary;

  Query(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /// Empty if its parts cannot be told apart.
  Optional<String> in(Spoken spoken) {
    if (vocabulary.group("query whether").isEmpty() || spoken.clauses().isEmpty()) {
      return Optional.empty();
    }
    return spoken.clauses().reversed().stream()
        .flatMap(clause -> turned(asked(vocabulary.essence(clause))).stream())
        .filter(text -> text.length() <= LONGEST_CHARACTERS && Vocabulary.isSayable(text))
        .findFirst();
  }

  /// Without "do you know" and the like before it.
  private Clause asked(Clause clause) {
    List<String> words = clause.normal();
    int skipped = vocabulary.opening("query opens", words);
    return clause.part(skipped < words.size() ? skipped : 0, words.size());
  }

  private Optional<String> turned(Clause clause) {
    List<String> words = clause.normal();
    if (words.size() < 2
        || words.size() > LONGEST
        || words.stream().anyMatch(word -> vocabulary.is(Vocabulary.Kind.NEVER, word))) {
      return Optional.empty();
    }
    if (is("query none", words.get(1))) {
      return Optional.empty();
    }
    if (!is("query words", words.getFirst())) {
      return whether(clause);
    }
    int at = 1;
    while (at < Math.min(AUXILIARY_WITHIN, words.size())
        && !is("query does", words.get(at))
        && !is("query is", words.get(at))) {
      at++;
    }
    return at < words.size() - 1 && at < AUXILIARY_WITHIN
        ? (is("query does", words.get(at)) ? toDo(clause, at) : being(clause, at))
        : unturned(clause);
  }

  /// "Who invented it" stays as it is.
  private Optional<String> unturned(Clause clause) {
    List<String> words = clause.normal();
    return is("query subjects", words.getFirst()) && words.size() > 2 && isFree(clause)
        ? Optional.of(joined(clause, 0, words.size()))
        : Optional.empty();
  }

  private boolean isFree(Clause clause) {
    return clause.normal().stream().noneMatch(word -> is("query peer", word));
  }

  /// "Is it far" is whether it is far.
  private Optional<String> whether(Clause clause) {
    List<String> words = clause.normal();
    boolean inverted =
        words.size() > 2
            && (is("query is", words.getFirst()) || is("query can", words.getFirst()))
            && is("query pronouns", words.get(1))
            && !is("query own", words.get(1));
    if (!inverted || !isFree(clause)) {
      return Optional.empty();
    }
    return Optional.of(
        first("query whether")
            + " "
            + swapped(clause, 0, 1)
            + " "
            + joined(clause, 2, words.size()));
  }

  /// "How do I mend it" is how to mend it.
  private Optional<String> toDo(Clause clause, int at) {
    List<String> words = clause.normal();
    boolean anyone = is("query anyone", words.get(at + 1)) && at + 2 < words.size();
    boolean may = is("query to", words.getFirst()) && !isHabit(words, at);
    if (!anyone || !may) {
      return Optional.empty();
    }
    return Optional.of(
        joined(clause, 0, at)
            + " "
            + first("query infinitive")
            + " "
            + joined(clause, at + 2, words.size()));
  }

  /// "How do you sleep" asks who is asked, "how do you boil an egg" anybody.
  private boolean isHabit(List<String> words, int at) {
    return is("query peer", words.get(at + 1))
        && (words.size() < at + 4 || is("query habits", words.get(at + 2)));
  }

  /// "How deep is a lake" is how deep a lake is.
  private Optional<String> being(Clause clause, int at) {
    List<String> words = clause.normal();
    if (!isFree(clause)) {
      return Optional.empty();
    }
    if (is("query pronouns", words.get(at + 1))) {
      String rest = at + 2 < words.size() ? " " + joined(clause, at + 2, words.size()) : "";
      return Optional.of(joined(clause, 0, at) + " " + swapped(clause, at, at + 1) + rest);
    }
    List<String> name = words.subList(at + 1, words.size());
    if (at == 1
        && is("query subjects", words.getFirst())
        && vocabulary.is(Vocabulary.Kind.DETERMINER, name.getFirst())
        && name.size() > LONGEST_NAME) {
      // "The best way to cook it" is asked for as it stands.
      return Optional.of(joined(clause, 2, words.size()));
    }
    if (is("query most", name.getLast()) || name.getLast().endsWith("est")) {
      return unturned(clause);
    }
    boolean isAName =
        name.size() <= LONGEST_NAME
            && name.stream().noneMatch(word -> vocabulary.is(Vocabulary.Kind.BREAK, word));
    return isAName
        ? Optional.of(
            joined(clause, 0, at)
                + " "
                + joined(clause, at + 1, words.size())
                + " "
                + words.get(at))
        : Optional.empty();
  }

  private String swapped(Clause clause, int verb, int subject) {
    String turned = vocabulary.turned(clause.normal().get(subject));
    String plain = clause.normal().get(verb);
    boolean am = !turned.equals(clause.normal().get(subject));
    return turned + " " + (am ? vocabulary.turned(plain) : plain);
  }

  /// As written, but small at its beginning and turned to who asked.
  private String joined(Clause clause, int from, int to) {
    List<String> parts = new ArrayList<>();
    int end = -1;
    for (Clause.Word word : clause.words().subList(from, to)) {
      String written = clause.raw().substring(word.from(), word.to());
      boolean shortened = written.indexOf('\'') >= 0 || word.from() < end;
      boolean first = parts.isEmpty() && from == 0;
      parts.add(shortened || first ? word.normal() : written);
      end = word.to();
    }
    return vocabulary.turned(String.join(" ", parts));
  }

  private String first(String group) {
    return String.join(" ", vocabulary.group(group));
  }

  private boolean is(String group, String word) {
    return vocabulary.isListed(group, word);
  }
}
