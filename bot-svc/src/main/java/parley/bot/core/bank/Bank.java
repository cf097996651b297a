package parley.bot.core.bank;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parley.bot.core.conduct.PhraseBook;
import parley.bot.core.port.Embedder;

/// All exchanges of one language, ready to be found by what a person means. Made once, which takes
/// one call of the embedder for each phrasing; immutable and thread-safe as the embedder is.
public final class Bank {
  private static final double EXACT = 1.0;
  private static final double PATTERNED = 0.96;
  // Of two patterns that match, the one with more words of its own means more.
  private static final double PATTERN = 0.9;
  private static final double PATTERN_WORD = 0.01;
  private static final int PATTERN_WORDS = 5;
  private static final double BY_MEANING = 0.94;
  // A part of a text says less than the whole.
  private static final double PART = 0.95;
  private static final double HALF = 0.5;
  private static final int WORDS_OF_A_THOUGHT = 3;
  private static final int LONGEST_TEXT = 400;
  private static final double SHARED = 0.4;
  private static final double NEIGHBOUR = 0.85;
  private static final double OTHERWISE = 0.92;
  private static final double SURE_OF_A_MOOD = 0.78;

  private final BankTexts texts;
  private final Embedder embedder;
  private final Likeness likeness;
  private final List<Entries> all;
  private final List<Exchange> about;
  private final PhraseBook patterns;

  /// An exchange as it is looked up.
  private record Entries(Exchange exchange, List<Entry> phrasings) {}

  private record Entry(Phrasing phrasing, Meaning meaning, Likeness.Weighed words, boolean asks) {}

  public Bank(BankTexts texts, Embedder embedder) {
    this.texts = texts;
    this.embedder = embedder;
    this.likeness =
        new Likeness(
            texts.exchanges().stream()
                .flatMap(exchange -> exchange.phrasings().stream())
                .map(Phrasing::words)
                .toList());
    this.all =
        texts.exchanges().stream()
            .filter(exchange -> !exchange.phrasings().isEmpty() || !exchange.patterns().isEmpty())
            .map(exchange -> new Entries(exchange, entries(exchange)))
            .toList();
    this.about =
        texts.exchanges().stream().filter(exchange -> !exchange.about().isEmpty()).toList();
    this.patterns = patterns(texts.exchanges());
  }

  private static PhraseBook patterns(List<Exchange> exchanges) {
    StringBuilder text = new StringBuilder();
    List<String> names = new ArrayList<>();
    for (Exchange exchange : exchanges) {
      if (!exchange.patterns().isEmpty()) {
        names.add(exchange.place().toString());
        text.append('[').append(exchange.place()).append("]\n");
        exchange.patterns().forEach(pattern -> text.append(pattern).append('\n'));
      }
    }
    return PhraseBook.read("patterns", text.toString(), names);
  }

  /// The exchanges of dangers of which a pattern is in the text.
  List<Exchange> dangers(Spoken spoken) {
    List<String> found = patterns.allIn(spoken.raw());
    return texts.exchanges().stream()
        .filter(exchange -> exchange.topic().equals(Topic.DANGER))
        .filter(exchange -> found.contains(exchange.place().toString()))
        .toList();
  }

  private List<Entry> entries(Exchange exchange) {
    return exchange.phrasings().stream()
        .map(
            phrasing ->
                new Entry(
                    phrasing,
                    Meaning.of(embedder.embed(phrasing.plain())),
                    likeness.weigh(phrasing.words()),
                    vocabulary().asks(vocabulary().read(phrasing.plain()))))
        .toList();
  }

  Vocabulary vocabulary() {
    return texts.vocabulary();
  }

  /// What its lines ask or say, whatever their words.
  Ideas ideas() {
    return texts.ideas();
  }

  /// The exchanges that carry on.
  List<Exchange> unasked() {
    return texts.exchanges().stream().filter(Exchange::carriesOn).toList();
  }

  /// The exchanges that are about words of what was said, those of the longest words first.
  List<Exchange> about(Clause clause) {
    Spoken spoken = new Spoken(clause.raw(), List.of(clause));
    return about.stream()
        .filter(exchange -> weight(exchange, spoken) > 0)
        .sorted(Comparator.<Exchange>comparingInt(exchange -> weight(exchange, spoken)).reversed())
        .toList();
  }

  private static int weight(Exchange exchange, Spoken spoken) {
    return exchange.about().stream()
        .filter(spoken::holds)
        .mapToInt(words -> String.join(" ", words).length())
        .max()
        .orElse(0);
  }

  /// How the person who says this feels, by words that tell it, else by the exchanges that are
  /// nearest to it.
  ///
  /// @param near as [#near] found them
  Optional<Mood> moodOf(Spoken spoken, List<Near> near) {
    boolean asks = vocabulary().asks(spoken);
    if (asks && vocabulary().within("asks-self", spoken) && !vocabulary().within("own", spoken)) {
      return Optional.empty();
    }
    return texts
        .feelings()
        .firstIn(spoken.raw())
        .flatMap(Mood::named)
        .or(() -> asks ? Optional.empty() : moodOf(near));
  }

  /// How the person feels of whom this is said, by its words alone.
  Optional<Mood> moodIn(String text) {
    return texts.feelings().firstIn(text).flatMap(Mood::named);
  }

  private static Optional<Mood> moodOf(List<Near> near) {
    return near.stream()
        .limit(1)
        .filter(one -> one.score() >= SURE_OF_A_MOOD)
        .flatMap(one -> one.exchange().feeling().stream())
        .findFirst();
  }

  /// Every exchange that has phrasings, nearest first.
  List<Near> near(Spoken spoken) {
    List<Part> parts = parts(spoken);
    List<Stretch> stretches = stretches(spoken);
    boolean asks = vocabulary().asks(spoken);
    Set<String> patterned = Set.copyOf(patterns.allIn(spoken.raw()));
    return all.stream()
        .map(
            entries ->
                patterned.contains(entries.exchange().place().toString())
                        && (asks || !entries.exchange().topic().equals(Topic.ASKING))
                    ? new Near(entries.exchange(), PATTERNED, Map.of())
                    : near(entries, parts, stretches, asks))
        .sorted(Comparator.comparingDouble(Near::score).reversed())
        .toList();
  }

  private Near near(Entries entries, List<Part> parts, List<Stretch> stretches, boolean asks) {
    double score = 0;
    Map<String, String> slots = Map.of();
    for (Entry entry : entries.phrasings()) {
      Literal literal = literal(entry, stretches);
      double one = literal == null ? byMeaning(entry, parts, asks) : literal.score();
      if (one > score) {
        score = one;
        slots = literal == null ? Map.of() : literal.slots();
      }
    }
    return new Near(entries.exchange(), score, slots);
  }

  /// A stretch of the person's text with its meaning.
  private record Part(Likeness.Weighed words, Meaning meaning, double weight) {}

  private List<Part> parts(Spoken spoken) {
    List<Part> parts = new ArrayList<>();
    parts.add(part(spoken.raw(), 1));
    String[] sentences = spoken.raw().split("(?<=[.!?\\n])\\s+", -1);
    String last = sentences[sentences.length - 1];
    if (sentences.length > 1 && vocabulary().words(last).size() >= 2) {
      parts.add(part(last, PART));
    }
    return parts;
  }

  private Part part(String text, double weight) {
    String cut = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
    return new Part(
        likeness.weigh(vocabulary().words(cut)), Meaning.of(embedder.embed(cut)), weight);
  }

  /// A neighbour in meaning that shares none of the words that matter is another subject, and who
  /// asks is not answered by what fits who tells.
  private double byMeaning(Entry entry, List<Part> parts, boolean asks) {
    double score = 0;
    for (Part part : parts) {
      double meaning = part.meaning().cosine(entry.meaning());
      boolean shares = likeness.share(entry.words(), part.words()) >= SHARED;
      double words = likeness.of(part.words(), entry.words());
      double fit = Math.max(shares ? meaning : NEIGHBOUR * meaning, words);
      score = Math.max(score, part.weight() * (asks == entry.asks() ? fit : OTHERWISE * fit));
    }
    // Only the bank's own words are certain.
    return Math.min(score, BY_MEANING);
  }

  /// Words that may be a phrasing's own.
  private record Stretch(Clause clause, double weight) {}

  /// The whole text and each clause that is half of it or a thought of its own, also without what
  /// means nothing.
  private List<Stretch> stretches(Spoken spoken) {
    Clause whole = spoken.whole();
    return Stream.concat(Stream.of(whole), spoken.clauses().stream())
        .filter(
            clause ->
                (clause.words().size() >= WORDS_OF_A_THOUGHT && !isATag(clause))
                    || clause.words().size() >= HALF * whole.words().size())
        .flatMap(
            clause -> {
              double weight = clause.words().size() == whole.words().size() ? 1 : PART;
              return Stream.of(clause, vocabulary().essence(clause))
                  .distinct()
                  .map(one -> new Stretch(one, weight));
            })
        .distinct()
        .toList();
  }

  /// "Do you think?" after something else asks nothing of its own.
  private boolean isATag(Clause clause) {
    return vocabulary().isOneOf("tags", clause.written(0, clause.words().size()));
  }

  /// The person's words are those of a phrasing.
  private record Literal(double score, Map<String, String> slots) {}

  private @Nullable Literal literal(Entry entry, List<Stretch> stretches) {
    for (Stretch stretch : stretches) {
      Optional<String> held = entry.phrasing().match(stretch.clause(), vocabulary());
      if (held.isPresent()) {
        return new Literal(
            stretch.weight() * certainty(entry.phrasing()),
            entry.phrasing().slot().map(name -> Map.of(name, held.get())).orElse(Map.of()));
      }
    }
    return null;
  }

  private static double certainty(Phrasing phrasing) {
    return phrasing.slotAt() < 0
        ? EXACT
        : PATTERN + PATTERN_WORD * Math.min(PATTERN_WORDS, phrasing.words().size() - 1);
  }
}
