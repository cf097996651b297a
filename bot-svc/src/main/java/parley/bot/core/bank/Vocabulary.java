package parley.bot.core.bank;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The words of one language that must be known to understand what people write in a chat: how they
/// shorten, what carries no meaning, what must never be repeated to them. Comes from a file
/// `words.txt`.
public final class Vocabulary {
  /// What a list of words is for.
  enum Kind {
    /// Opens a clause without meaning anything.
    FILLER,
    /// Closes a clause without meaning anything.
    TRAILING,
    /// Ends a slot: another thought begins.
    STOP,
    /// Never the first word of a slot.
    BARRED,
    /// Makes an answer a sentence of its own, so that it is not taken for the name of a thing.
    SENTENCE,
    /// Opens a question, also where the question mark is left out.
    ASKS,
    /// Never part of a slot: what may be cruel when it comes back.
    NEVER,
    /// Turns the next words into their opposite.
    NOT,
    /// Opens the name of a thing: "my", "the".
    DETERMINER,
    /// Opens the name of a thing that is named for the first time: "a".
    ARTICLE,
    /// Stands before what only tells where or how: "on the floor".
    WHERE,
    /// Ends the name of a thing: verbs, prepositions.
    BREAK
  }

  private static final Pattern PIECE =
      Pattern.compile("[\\p{L}\\p{N}]+(?:'[\\p{L}\\p{N}]+)*|[.!?;,:()…\\n]");
  private static final Pattern QUOTED = Pattern.compile("[\"“„][^\"“”]*[\"“”]");
  private static final int WORDS_OF_A_THOUGHT = 4;
  // A dot after one of these ends no sentence.
  private static final Pattern ABBREVIATED =
      Pattern.compile("\\b(St|Mr|Mrs|Ms|Dr|Prof|Jr|Sr|vs|Nr|Str|Fr)\\.");
  // What may be somebody's number, or is no plain text.
  private static final Pattern UNSAYABLE = Pattern.compile(".*(?:\\d{5}|[\"“”«»{}<>@/\\\\#*_]).*");
  private static final Pattern STRETCHED = Pattern.compile("(\\p{L})\\1{2,}");

  private final Map<Kind, Set<String>> kinds = new EnumMap<>(Kind.class);
  private final Map<String, List<String>> shortForms = new HashMap<>();
  private final Map<String, String> swaps = new HashMap<>();
  private final Map<String, List<String>> groups = new HashMap<>();
  private final Map<String, Set<String>> lists = new HashMap<>();

  private Vocabulary() {}

  /// @param faults gets what is wrong with the lines
  static Vocabulary of(List<TextLine> lines, List<TextFault> faults) {
    Vocabulary vocabulary = new Vocabulary();
    for (TextLine line : lines) {
      if (!line.isEmpty() && !vocabulary.learn(line.text(), line.afterColon())) {
        faults.add(
            new TextFault(
                line.place(),
                "is '"
                    + line.text()
                    + "', expected 'short: a = b', 'swap: a = b', 'group x: a | b', 'list x: a b' or"
                    + " a list of"
                    + " filler, trailing, stop, barred, sentence, asks, never, not, determiner,"
                    + " article, where or break"));
      }
    }
    return vocabulary;
  }

  /// The words of a language, without its exchanges.
  ///
  /// @param language as its folder is called, such as `en`
  /// @throws FaultyTexts with everything that is wrong with them
  public static Vocabulary of(String language) {
    List<TextFault> faults = new ArrayList<>();
    Vocabulary vocabulary = of(TextLine.of("bank/" + language + "/words.txt"), faults);
    if (!faults.isEmpty()) {
      throw new FaultyTexts(faults);
    }
    return vocabulary;
  }

  private boolean learn(String line, String rest) {
    String[] sides = rest.split("=", 2);
    if (line.startsWith("short:") && sides.length == 2) {
      shortForms.put(sides[0].strip(), List.of(sides[1].strip().split(" +")));
      return true;
    }
    if (line.startsWith("swap:") && sides.length == 2) {
      swaps.put(sides[0].strip(), sides[1].strip());
      return true;
    }
    if (line.startsWith("group ") && line.contains(":")) {
      groups
          .computeIfAbsent(line.substring(6, line.indexOf(':')).strip(), name -> new ArrayList<>())
          .addAll(alternatives(rest));
      return true;
    }
    if (line.startsWith("list ") && line.contains(":")) {
      return lists
          .computeIfAbsent(line.substring(5, line.indexOf(':')).strip(), name -> new HashSet<>())
          .addAll(List.of(rest.split(" +")));
    }
    return Arrays.stream(Kind.values())
        .filter(kind -> line.startsWith(kind.name().toLowerCase(Locale.ROOT) + ":"))
        .findFirst()
        .map(
            kind ->
                kinds
                    .computeIfAbsent(kind, one -> new HashSet<>())
                    .addAll(List.of(rest.split(" +"))))
        .isPresent();
  }

  /// The parts of a text between bars, without blanks around them.
  public static List<String> alternatives(String text) {
    return Arrays.stream(text.split("\\|"))
        .map(String::strip)
        .filter(one -> !one.isEmpty())
        .toList();
  }

  /// The phrases of a group, as written; none if there is no such group.
  public List<String> group(String name) {
    return groups.getOrDefault(name, List.of());
  }

  /// The word stands in that list.
  boolean isListed(String name, String word) {
    return lists.getOrDefault(name, Set.of()).contains(word);
  }

  /// The text is one of the phrases of the group and nothing else that means anything.
  public boolean isOneOf(String group, String text) {
    return group(group).stream().anyMatch(phrase -> says(phrase, text));
  }

  /// The text is that phrase and nothing else that means anything.
  public boolean says(String phrase, String text) {
    List<String> words = words(phrase);
    Clause whole = read(text).whole();
    return words.equals(whole.normal()) || words.equals(essence(whole).normal());
  }

  /// A phrase of the group stands somewhere in it.
  boolean within(String group, Spoken spoken) {
    return group(group).stream().map(this::words).anyMatch(spoken::holds);
  }

  /// How many words the longest phrase of the group has that opens the text; 0 if none does.
  public int opening(String group, String text) {
    return opening(group, essence(read(text).whole()).normal());
  }

  /// The same of words.
  int opening(String group, List<String> said) {
    return group(group).stream()
        .map(this::words)
        .filter(phrase -> phrase.size() <= said.size())
        .filter(phrase -> said.subList(0, phrase.size()).equals(phrase))
        .mapToInt(List::size)
        .max()
        .orElse(0);
  }

  /// It may be said back to a person as it stands.
  static boolean isSayable(String text) {
    return !UNSAYABLE.matcher(text).matches();
  }

  /// Without phrases of the group: "is a flat noisy would you say" without "would you say".
  Spoken without(String group, Spoken spoken) {
    String left = spoken.raw().toLowerCase(Locale.ROOT);
    for (String phrase : group(group)) {
      left =
          Pattern.compile("(?<![\\p{L}])" + Pattern.quote(phrase) + "(?![\\p{L}])")
              .matcher(left)
              .replaceAll(" ");
    }
    return read(left);
  }

  boolean is(Kind kind, String word) {
    return kinds.getOrDefault(kind, Set.of()).contains(word);
  }

  /// Cuts a text into clauses of comparable words.
  Spoken read(String text) {
    String plain = Normalizer.normalize(text, Normalizer.Form.NFKC).replaceAll("[’‘`´]", "'");
    String raw = ABBREVIATED.matcher(plain).replaceAll("$1");
    List<Clause> clauses = new ArrayList<>();
    List<Clause.Word> words = new ArrayList<>();
    Matcher piece = PIECE.matcher(raw);
    while (piece.find()) {
      if (Character.isLetterOrDigit(piece.group().codePointAt(0))) {
        normal(piece.group())
            .forEach(normal -> words.add(new Clause.Word(normal, piece.start(), piece.end())));
      } else if (!words.isEmpty()) {
        clauses.add(Clause.of(raw, words));
        words.clear();
      }
    }
    if (!words.isEmpty()) {
      clauses.add(Clause.of(raw, words));
    }
    return new Spoken(raw, clauses);
  }

  /// The comparable words of a text.
  public List<String> words(String text) {
    return read(text).whole().normal();
  }

  private List<String> normal(String written) {
    String whole = written.toLowerCase(Locale.ROOT);
    if (shortForms.containsKey(whole)) {
      return shortForms.get(whole);
    }
    String lower = whole.replace("'", "");
    String calm = STRETCHED.matcher(lower).replaceAll("$1");
    return shortForms.getOrDefault(calm, List.of(calm));
  }

  /// It is a question or a wish, as far as its first words or a question mark tell: "don't know" is
  /// none, though it opens with "do".
  boolean asks(Spoken spoken) {
    return hasAQuestionMark(spoken) || opensAQuestion(spoken);
  }

  /// One of its own: what somebody else asked stands between quotation marks.
  private static boolean hasAQuestionMark(Spoken spoken) {
    return QUOTED.matcher(spoken.raw()).replaceAll("").contains("?");
  }

  /// The same by its first words alone, or those of its last clause if that is a thought of its
  /// own.
  boolean opensAQuestion(Spoken spoken) {
    if (spoken.clauses().isEmpty()) {
      return false;
    }
    Clause last = spoken.clauses().getLast();
    return opensAQuestion(spoken.whole())
        || (last.words().size() >= WORDS_OF_A_THOUGHT && opensAQuestion(last))
        || spoken.clauses().stream().anyMatch(this::asksInTheMiddle);
  }

  /// "Quick, what is the best film, you have three seconds."
  private boolean asksInTheMiddle(Clause clause) {
    List<String> words = essence(clause).normal();
    return words.size() >= WORDS_OF_A_THOUGHT
        && isListed("query words", words.getFirst())
        && isListed("query is", words.get(1))
        && !exclaims(words);
  }

  private boolean opensAQuestion(Clause clause) {
    List<String> words = essence(clause).normal();
    boolean opens = !words.isEmpty() && is(Kind.ASKS, words.getFirst());
    boolean denies = words.size() > 1 && is(Kind.NOT, words.get(1));
    return opens && !denies && !isRelative(words) && !exclaims(words);
  }

  /// "Who would have thought" and "what a night" ask nothing.
  private boolean exclaims(List<String> words) {
    boolean article = words.size() > 1 && is(Kind.ARTICLE, words.get(1));
    return (article && isListed("query words", words.getFirst()))
        || group("no-question").stream().map(this::words).anyMatch(words::equals);
  }

  /// "What I heard of it was good" asks nothing, though it opens with a word for questions; nor
  /// does "would have been fifty".
  private boolean isRelative(List<String> words) {
    return opening("no-question-opens", words) > 0
        || (words.size() > 2
            && isListed("query words", words.getFirst())
            && isListed("query pronouns", words.get(1)));
  }

  /// It has a question mark, or its first clause asks.
  boolean asksOutright(Spoken spoken) {
    return hasAQuestionMark(spoken)
        || (!spoken.clauses().isEmpty() && opensAQuestion(spoken.clauses().getFirst()));
  }

  /// "My name is" and the name, if the text says that and no more: a phrase of the group
  /// `introduces`, then a word with a capital that is no name of a people or the like (list
  /// `no-names`).
  Optional<String> introduced(Spoken spoken) {
    Clause last = spoken.clauses().isEmpty() ? spoken.whole() : spoken.clauses().getLast();
    List<String> words = last.normal();
    if (spoken.clauses().size() > 2 || words.isEmpty() || spoken.raw().contains("?")) {
      return Optional.empty();
    }
    String name = last.written(words.size() - 1, words.size());
    boolean capital =
        Character.isUpperCase(name.codePointAt(0)) && name.substring(1).matches("\\p{Ll}+");
    boolean introduces =
        group("introduces").stream()
            .map(this::words)
            .anyMatch(phrase -> phrase.equals(words.subList(0, words.size() - 1)));
    return capital && introduces && !isListed("no-names", words.getLast())
        ? group("introduces").stream().findFirst().map(phrase -> phrase + " " + name)
        : Optional.empty();
  }

  /// The person says goodbye: opens with a phrase of the group `leaving`, or ends with a clause
  /// that is one of the group `away`. What is left is that phrase.
  Optional<Spoken> farewell(Spoken spoken) {
    if (spoken.clauses().isEmpty()) {
      return Optional.empty();
    }
    Clause last = spoken.clauses().getLast();
    String closing = last.written(0, last.words().size());
    if (spoken.clauses().size() > 1 && isOneOf("away", closing)) {
      return Optional.of(read(closing));
    }
    Clause whole = essence(spoken.whole());
    int words = opening("leaving", spoken.raw());
    int all = whole.words().size();
    return words > 0 && words <= all
        ? Optional.of(read(whole.written(0, words)))
        : closing("leaving", whole).map(from -> read(whole.written(from, all)));
  }

  /// What stood before a question that was handed back: last words of the group `back`. Empty if
  /// none was, or if it was all there is.
  Optional<Spoken> beforeHandingBack(Spoken spoken) {
    Clause whole = spoken.whole();
    return closing("back", whole).map(from -> read(whole.written(0, from)));
  }

  /// From which word on a phrase of the group closes the text, if it is not all of it.
  private Optional<Integer> closing(String group, Clause whole) {
    List<String> said = whole.normal();
    return group(group).stream()
        .map(this::words)
        .filter(phrase -> phrase.size() < said.size())
        .filter(phrase -> said.subList(said.size() - phrase.size(), said.size()).equals(phrase))
        .map(phrase -> said.size() - phrase.size())
        .min(Comparator.naturalOrder());
  }

  /// Without the words at both ends that mean nothing. What consists of such words stays whole.
  Clause essence(Clause clause) {
    int from = 0;
    int to = clause.words().size();
    while (from < to && is(Kind.FILLER, clause.words().get(from).normal())) {
      from++;
    }
    while (to > from && is(Kind.TRAILING, clause.words().get(to - 1).normal())) {
      to--;
    }
    return from == to ? clause : clause.part(from, to);
  }

  /// A person's words as the other one says them: `my dog` becomes `your dog`. What is swapped by
  /// two words, such as `i was`, is looked for before the words alone.
  String turned(String written) {
    String pairs = written;
    for (Map.Entry<String, String> swap : swaps.entrySet()) {
      if (swap.getKey().indexOf(' ') > 0) {
        pairs =
            Pattern.compile("\\b" + Pattern.quote(swap.getKey()) + "\\b", Pattern.CASE_INSENSITIVE)
                .matcher(pairs)
                .replaceAll(Matcher.quoteReplacement(swap.getValue()));
      }
    }
    return PIECE
        .matcher(pairs)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    swaps.getOrDefault(found.group().toLowerCase(Locale.ROOT), found.group())));
  }
}
