package parley.bot.core.bank;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a person told, said back to them in few words: "my boss never thanks anyone" as "your boss
/// never thanks anyone". After Weizenbaum's ELIZA (1966), which turned a person's words round in
/// the same way; here only whole clauses, and only those whose beginning and end can be told. The
/// words for it are groups of the language whose names begin with `mirror`; without them nothing is
/// mirrored.
final class Mirror {
  private static final int SHORTEST = 3;
  private static final int LONGEST = 13;
  private static final int LONGEST_PART = 6;
  private static final int LONGEST_CHARACTERS = 76;
  private static final int CUT_AFTER = 3;
  private static final int CUT_BEFORE_A_PLACE_AFTER = 5;
  private static final int GOOD_FROM = 4;
  private static final int GOOD_TO = 9;
  private static final Pattern OF_ONE = Pattern.compile(".*[^siu]s");
  private static final Pattern IS_GOT = Pattern.compile("\\bis (got|been|had|gone)\\b");
  private static final Pattern WOULD_HAD =
      Pattern.compile(
          "\\bwould (had|been|already|never|just|bought|seen|done|gone|got|left|lost)\\b");
  private static final Pattern AGE =
      Pattern.compile(
          "\\d{1,2}|ten|eleven|twelve|thirteen|fourteen|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety");
  private static final Pattern SHOUTED = Pattern.compile("[^\\p{Ll}]*\\p{Lu}{3}[^\\p{Ll}]*");

  private final Vocabulary vocabulary;

  /// What the clause is about.
  enum Kind {
    /// What the person did.
    DID,
    /// What the person does or is.
    SELF,
    /// What the person is going to do.
    PLAN,
    /// What somebody else did.
    OTHERS_DID,
    /// What somebody else does or is.
    OTHER,
    /// Anything else.
    THING,
    /// A few words that are no whole clause.
    PART
  }

  /// @param text turned to the person, without a mark at its end; begins with a small letter unless
  ///   with a name
  /// @param source as it was said
  record Mirrored(String text, Kind kind, Clause source) {}

  private record Candidate(Mirrored mirrored, double worth) {}

  Mirror(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /// The clause that says most, nearest to the end of those; empty if none can be said back.
  Optional<Mirrored> of(Spoken spoken) {
    if (vocabulary.group("mirror told").isEmpty() || isGrave(spoken)) {
      return Optional.empty();
    }
    List<Candidate> all = new ArrayList<>();
    boolean opens = true;
    boolean alone = spoken.whole().words().size() <= LONGEST_PART;
    for (Clause clause : spoken.clauses()) {
      for (Clause piece : pieces(clause)) {
        candidate(piece, opens, alone, all.size()).ifPresent(all::add);
        opens = false;
      }
      opens = endsASentence(spoken.raw(), clause);
    }
    return all.stream().max(Comparator.comparingDouble(Candidate::worth)).map(Candidate::mirrored);
  }

  /// "I'm worthless" must not come back, nor what stands beside it.
  private boolean isGrave(Spoken spoken) {
    return spoken.whole().normal().stream().anyMatch(word -> is("mirror grave", word));
  }

  private static boolean endsASentence(String raw, Clause clause) {
    int end = clause.words().getLast().to();
    return end < raw.length() && ".!?…\n".indexOf(raw.charAt(end)) >= 0;
  }

  /// Cut where another thought begins: "he laughed and I left".
  private List<Clause> pieces(Clause clause) {
    List<Clause> pieces = new ArrayList<>();
    int from = 0;
    List<String> words = clause.normal();
    for (int at = 1; at < words.size(); at++) {
      boolean joins = is("mirror joins", words.get(at)) && at + 1 < words.size();
      boolean cuts = is("mirror cuts", words.get(at)) || (joins && opensAClause(words.get(at + 1)));
      boolean own = joins && is("mirror self", words.get(at + 1));
      if (cuts && (own || at - from >= CUT_AFTER) && isWhole(clause, at)) {
        pieces.add(clause.part(from, at));
        from = joins ? at + 1 : at;
      }
    }
    pieces.add(clause.part(from, words.size()));
    // "If I go" and "which I saw" are no thoughts of their own.
    pieces.removeIf(piece -> is("mirror leans", piece.normal().getFirst()));
    return pieces;
  }

  /// The word begins where a written word does: not the second half of "that's".
  private static boolean isWhole(Clause clause, int at) {
    return clause.words().get(at).from() != clause.words().get(at - 1).from();
  }

  private boolean opensAClause(String word) {
    return is("mirror self", word) || is("mirror other", word) || is("mirror thing", word);
  }

  /// @param opens a sentence begins with it
  /// @param place how many candidates come before it
  private Optional<Candidate> candidate(Clause piece, boolean opens, boolean alone, int place) {
    Clause clause = trimmed(piece);
    List<String> words = clause.normal();
    if (words.isEmpty() || refuses(clause)) {
      return Optional.empty();
    }
    @Nullable Kind kind = kind(clause, opens, alone);
    if (kind == null) {
      return Optional.empty();
    }
    Clause kept = shortened(clause, kind);
    int size = kept.words().size();
    boolean fits =
        kind == Kind.PART
            ? alone && size <= LONGEST_PART && size >= 2
            : size <= LONGEST && size >= SHORTEST;
    String text = fits ? written(kept, kind) : "";
    boolean sayable =
        !text.isEmpty()
            && text.length() <= LONGEST_CHARACTERS
            && Vocabulary.isSayable(text)
            && !is("mirror open", kept.normal().getLast())
            && !vocabulary.isOneOf("mirror empty", kept.written(0, size));
    return sayable
        ? Optional.of(new Candidate(new Mirrored(text, kind, kept), worth(kept, kind, place)))
        : Optional.empty();
  }

  private double worth(Clause clause, Kind kind, int place) {
    int size = clause.words().size();
    double worth = place * 0.4 + (size >= GOOD_FROM && size <= GOOD_TO ? 1 : 0);
    return worth
        + switch (kind) {
          case DID, SELF, PLAN -> 2;
          case OTHERS_DID, OTHER -> 1.8;
          case THING -> is("mirror vague", clause.normal().getFirst()) ? 0 : 1.2;
          case PART -> -1;
        }
        - (isAnAge(clause) ? 2 : 0);
  }

  /// "I'm 71" is said in passing.
  private static boolean isAnAge(Clause clause) {
    return clause.normal().stream().skip(1).limit(2).anyMatch(AGE.asMatchPredicate());
  }

  private boolean refuses(Clause clause) {
    List<String> words = clause.normal();
    return words.stream()
            .anyMatch(
                word -> is("mirror never", word) || vocabulary.is(Vocabulary.Kind.NEVER, word))
        || is("mirror asks", words.getFirst());
  }

  /// Without what joins it to the sentence before, and without what trails off.
  private Clause trimmed(Clause clause) {
    int from = 0;
    int to = clause.words().size();
    List<String> words = clause.normal();
    while (from < to
        && (is("mirror drops", words.get(from))
            || vocabulary.is(Vocabulary.Kind.FILLER, words.get(from)))) {
      from++;
    }
    from += opinion(words.subList(from, to));
    while (to > from
        && (is("mirror trails", words.get(to - 1))
            || vocabulary.is(Vocabulary.Kind.TRAILING, words.get(to - 1)))) {
      to--;
    }
    return clause.part(from, to);
  }

  /// How many words only say that the person thinks what follows.
  private int opinion(List<String> words) {
    int opinion = vocabulary.opening("mirror opinion", words);
    boolean goesOn =
        words.size() > opinion + CUT_AFTER
            && (opensAClause(words.get(opinion)) || isOwned(words, opinion));
    return goesOn ? opinion : 0;
  }

  private boolean isOwned(List<String> words, int at) {
    return vocabulary.is(Vocabulary.Kind.DETERMINER, words.get(at));
  }

  /// A long clause ends before one of its places or times.
  private Clause shortened(Clause clause, Kind kind) {
    int size = clause.words().size();
    if (size <= LONGEST || kind == Kind.PART) {
      return clause;
    }
    for (int at = LONGEST; at > CUT_BEFORE_A_PLACE_AFTER; at--) {
      if (is("mirror places", clause.normal().get(at))) {
        return clause.part(0, at);
      }
    }
    return clause;
  }

  private @Nullable Kind kind(Clause clause, boolean opens, boolean alone) {
    List<String> words = clause.normal();
    String first = words.getFirst();
    boolean verb = hasAVerb(words);
    if (is("mirror self", first)) {
      boolean plans = words.stream().limit(SHORTEST).anyMatch(word -> is("mirror plans", word));
      return plans ? Kind.PLAN : isPast(words) ? Kind.DID : Kind.SELF;
    }
    if (opens && (is("mirror acts", first) || isDoing(first))) {
      return isPast(words) && !is("mirror states", first) ? Kind.DID : Kind.SELF;
    }
    boolean owned = vocabulary.is(Vocabulary.Kind.DETERMINER, first);
    if (is("mirror other", first) || (owned && names("mirror people", words))) {
      return verb ? others(words) : Kind.PART;
    }
    if (is("mirror people", first)) {
      return verb ? others(words) : null;
    }
    if (owned || is("mirror thing", first) || vocabulary.is(Vocabulary.Kind.ARTICLE, first)) {
      return verb ? Kind.THING : Kind.PART;
    }
    if (isNamed(clause) && verb) {
      return others(words);
    }
    return isBare(words) ? Kind.THING : alone ? Kind.PART : null;
  }

  /// "Homes look tiny", "lights just came back": a noun without an article, then its verb.
  private boolean isBare(List<String> words) {
    int verb = words.size() > SHORTEST && is("mirror between", words.get(1)) ? 2 : 1;
    return words.size() >= SHORTEST
        && words.getFirst().length() > 2
        && !isAVerb(words.getFirst())
        && isAVerb(words.get(verb));
  }

  private boolean isAVerb(String word) {
    return is("mirror verbs", word)
        || is("mirror past", word)
        || is("mirror acts", word)
        || isRegularPast(word);
  }

  private Kind others(List<String> words) {
    return isPast(words) ? Kind.OTHERS_DID : Kind.OTHER;
  }

  /// Its first verb is of the past.
  private boolean isPast(List<String> words) {
    return words.stream()
        .filter(word -> is("mirror verbs", word) || is("mirror past", word) || isRegularPast(word))
        .findFirst()
        .filter(word -> is("mirror past", word) || isRegularPast(word))
        .isPresent();
  }

  private static boolean isRegularPast(String word) {
    return word.length() > 4 && word.endsWith("ed");
  }

  private boolean names(String group, List<String> words) {
    return words.stream().skip(1).limit(3).anyMatch(word -> is(group, word));
  }

  /// "Working on my car" has no subject and needs none.
  private boolean isDoing(String first) {
    return first.length() > 5 && first.endsWith("ing") && !is("mirror things", first);
  }

  private static boolean isNamed(Clause clause) {
    String first = clause.written(0, 1);
    return Character.isUpperCase(first.codePointAt(0)) && first.length() > 2;
  }

  private boolean hasAVerb(List<String> words) {
    return words.stream()
        .skip(1)
        .anyMatch(
            word ->
                is("mirror verbs", word)
                    || (word.length() > 4
                        && (word.endsWith("ed") || OF_ONE.matcher(word).matches())));
  }

  private String written(Clause clause, Kind kind) {
    String raw = unshortened(clause).replaceAll("\\s+", " ");
    String calm = SHOUTED.matcher(raw).matches() ? raw.toLowerCase(Locale.ROOT) : raw;
    String first = clause.normal().getFirst();
    String whole =
        is("mirror self", first) || (kind != Kind.SELF && kind != Kind.DID)
            ? calm
            : subject(first) + " " + calm;
    String owned = is("mirror relatives", first) ? owner() + " " + calm : whole;
    String turned = vocabulary.turned(owned).strip();
    return amended(isNamed(clause) && !known(first) ? turned : small(turned));
  }

  /// "She's got" is no "she is got", nor "I'd seen" "I would seen".
  private static String amended(String text) {
    return WOULD_HAD.matcher(IS_GOT.matcher(text).replaceAll("has $1")).replaceAll("had $1");
  }

  /// "Ill be there" as "i will be there".
  private static String unshortened(Clause clause) {
    int size = clause.words().size();
    boolean shortened = size > 2 && !isWhole(clause, 1);
    return shortened
        ? clause.normal().get(0) + " " + clause.normal().get(1) + " " + clause.written(2, size)
        : clause.written(0, size);
  }

  /// "Stuck in traffic" is what the person is, "lost my keys" what they did.
  private String subject(String first) {
    String told = String.join(" ", vocabulary.group("mirror told"));
    String being = String.join(" ", vocabulary.group("mirror being"));
    if (is("mirror dones", first)) {
      return String.join(" ", vocabulary.group("mirror done"));
    }
    return is("mirror states", first) || isDoing(first) ? being : told;
  }

  private String owner() {
    return String.join(" ", vocabulary.group("mirror owner"));
  }

  private boolean known(String first) {
    return is("mirror self", first)
        || is("mirror other", first)
        || is("mirror thing", first)
        || is("mirror acts", first)
        || vocabulary.is(Vocabulary.Kind.DETERMINER, first)
        || vocabulary.is(Vocabulary.Kind.ARTICLE, first);
  }

  private static String small(String text) {
    return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }

  private boolean is(String group, String word) {
    return vocabulary.isListed(group, word);
  }
}
