package parley.bot.core.conduct;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import parley.bot.core.conduct.Reviewed.Nothing;
import parley.bot.core.conduct.Reviewed.Replaced;
import parley.bot.core.conduct.Reviewed.Say;
import parley.bot.core.conduct.Reviewed.Why;

/// What may be said to a person. Claims, offers and leaks take the whole line with them, in
/// whatever language of ours they are made; a link, a number or an account takes its sentence.
final class OutputRules {
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final Pattern SENTENCE_ENDS = Pattern.compile("(?<=[.!?…؟。][\"»”’)]?) ");

  private final Collection<RuleBook> books;
  private final Function<String, LineBook> lines;
  private final Secrets secrets;

  /// What a rule that finds something makes of a line, the gravest first.
  private enum Verdict {
    LEAKS(Rule.LEAKS, Why.LEAK, FixedLine.NO_SECRETS),
    HARMS(Rule.HARMS, Why.HARM, FixedLine.GENTLE),
    OFFERS_TO_MEET(Rule.OFFERS_TO_MEET, Why.MEETING, FixedLine.NO_MEETING),
    OFFERS_CONTACT(Rule.OFFERS_CONTACT, Why.CONTACT, FixedLine.NO_CONTACT),
    CLAIMS(Rule.CLAIMS, Why.CLAIM, FixedLine.HONEST);

    private final Rule rule;
    private final Why why;
    private final FixedLine instead;

    Verdict(Rule rule, Why why, FixedLine instead) {
      this.rule = rule;
      this.why = why;
      this.instead = instead;
    }
  }

  OutputRules(Collection<RuleBook> books, Function<String, LineBook> lines, Secrets secrets) {
    this.books = List.copyOf(books);
    this.lines = lines;
    this.secrets = secrets;
  }

  OutputRules guarding(Secrets more) {
    return new OutputRules(books, lines, secrets.and(more));
  }

  Reviewed review(String line, Tongue tongue) {
    String before = oneLine(line);
    if (before.isEmpty()) {
      return new Nothing(Why.EMPTY);
    }
    String said = oneLine(Markers.cut(line));
    if (said.isEmpty()) {
      return new Nothing(Why.MARKER);
    }
    return verdict(said)
        .<Reviewed>map(verdict -> replaced(verdict, said, tongue))
        .orElseGet(() -> shortened(before, said));
  }

  /// The line claims what is forgiven to a provider as manners.
  boolean claimsPolitely(String line) {
    return finds(Rule.POLITE_CLAIMS, Folding.fold(line));
  }

  private Optional<Verdict> verdict(String said) {
    String folded = Folding.fold(said);
    if (secrets.areIn(folded)) {
      return Optional.of(Verdict.LEAKS);
    }
    return List.of(Verdict.values()).stream()
        .filter(verdict -> finds(verdict.rule, folded))
        .findFirst();
  }

  private boolean finds(Rule rule, String folded) {
    return books.stream().anyMatch(book -> book.finds(rule, folded));
  }

  /// Which wording follows from the line itself, so that another line hears another.
  private Replaced replaced(Verdict verdict, String said, Tongue tongue) {
    String instead =
        lines.apply(tongue.language()).say(verdict.instead, said.hashCode(), _ -> false);
    return new Replaced(instead, verdict.why);
  }

  private Reviewed shortened(String before, String said) {
    Map<Why, String> cut = new EnumMap<>(Why.class);
    List<String> kept = new ArrayList<>();
    for (String sentence : SENTENCE_ENDS.splitAsStream(said).toList()) {
      trace(sentence).ifPresentOrElse(why -> cut.put(why, sentence), () -> kept.add(sentence));
    }
    String rest = String.join(" ", kept);
    String text = upTo(LineBook.LONGEST, rest);
    if (!text.equals(rest)) {
      cut.put(Why.TOO_LONG, rest);
    }
    if (!before.equals(said)) {
      cut.put(Why.MARKER, before);
    }
    if (cut.isEmpty()) {
      return new Say(text);
    }
    Why gravest = cut.keySet().iterator().next();
    return text.isEmpty() ? new Nothing(gravest) : new Replaced(text, gravest);
  }

  private Optional<Why> trace(String sentence) {
    return finds(Rule.ADDRESS, Folding.fold(sentence))
        ? Optional.of(Why.CONTACT)
        : Traces.in(sentence);
  }

  /// The sentences that fit; if the first does not, its words that do.
  private static String upTo(int longest, String text) {
    if (text.length() <= longest) {
      return text;
    }
    String start = text.substring(0, text.offsetByCodePoints(0, fitting(longest, text)));
    int end = Math.max(lastEnd(start), 0);
    return end > 0 ? start.substring(0, end) : wholeWords(start);
  }

  private static int fitting(int longest, String text) {
    int units = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
    return text.codePointCount(0, units);
  }

  private static int lastEnd(String start) {
    int end = -1;
    for (var matcher = SENTENCE_ENDS.matcher(start + " "); matcher.find(); ) {
      end = matcher.start();
    }
    return end;
  }

  private static String wholeWords(String start) {
    int blank = start.lastIndexOf(' ', LineBook.LONGEST - 2);
    return (blank > 0 ? start.substring(0, blank) : start.substring(0, start.length() - 2)) + "…";
  }

  private static String oneLine(String text) {
    return BLANKS.matcher(text).replaceAll(" ").strip();
  }
}
