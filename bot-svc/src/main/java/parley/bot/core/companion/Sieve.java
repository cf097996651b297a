package parley.bot.core.companion;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import parley.bot.core.Improvised;
import parley.bot.core.conduct.Conduct;
import parley.bot.core.conduct.Tongue;

/// Decides whether a line that a small model made up, in English, may be said. The model knows
/// nothing and lies about itself as fluently as it talks, so the sieve is fine: what it lets
/// through repeats nothing, names nobody, claims nothing, and is about what was said. A good line
/// that is held back costs little, since the bank has another. Immutable.
public final class Sieve {
  private static final Tongue ENGLISH = Tongue.of(List.of("en"));
  private static final double RUDE = 0.5;
  private static final int LONGEST = 200;
  private static final int LONGEST_REACTION = 9;

  private static final Pattern MARKS =
      Pattern.compile(
          "[<>{}\\[\\]|#*_`\\\\~^=@/]|(?i)\\b(user|assistant|system|human|bot|chatbot)"
              + " ?:|^\\s*[-•\"]|(?i)\\b(python|javascript|html|sentence|prompt|example|language"
              + " model)\\b");

  private static final Pattern HOLLOW =
      Pattern.compile(
          "\\breferring to\\b|\\bdo you mean\\b|\\bin this case\\b|\\bfor example\\b|\\blike to"
              + " know\\b|\\bwould you say\\b|\\byour question\\b|\\bchatbot\\b|\\bhow (?:can|may)"
              + " i\\b|\\bassist\\b");

  private static final Pattern REACTION =
      Pattern.compile(
          "(?:that|what|sounds?|it sounds|it"
              + " must|oh|ah|ooh|wow|woah|well|nice|great|lovely|cool|good|amazing|awesome|congrat\\w*|i'm"
              + " (?:so |very |really )?sorry|i (?:see|bet|guess|wonder)|an?"
              + " [^.!?]{0,30}[!.]|poor|no wonder|of course|fair|maybe|perhaps|interesting|how"
              + " [^.]*!)(?![a-z])");

  /// Of itself it may only say this.
  private static final Pattern HARMLESS_SELF =
      Pattern.compile(
          "\\bi(?:'m| am) (?:so |very |really )?sorry\\b|\\bi(?:'m| am) not sure\\b"
              + "|\\bi (?:wonder|bet|guess|think|imagine|see)\\b|\\bi (?:don't|do not) know\\b"
              + "|(?<!\\byou )\\b(?:tell|show|teach) me\\b|\\blet me\\b");

  private static final Pattern SELF =
      Pattern.compile("\\b(?:i|i'm|i've|i'd|i'll|me|my|mine|myself|we|we're|we'll|us|our|ours)\\b");

  /// Whoever asks the AI about itself is told nothing by a model.
  private static final Pattern ASKS_ABOUT_YOU =
      Pattern.compile(
          "\\b(?:you|your|yours|yourself|u|ur|ya)\\b.*\\?|^(?:do|did|does|are|have|had|can|could|will|would|were|should)"
              + " (?:you|u)\\b|\\b(?:and|what about|how about|hbu|wbu) ?(?:you|u)?$|\\bwhat(?:'s|"
              + " is| are|s) your\\b");

  /// Where a wrong word harms.
  private static final Pattern DELICATE =
      Pattern.compile(
          "\\b(?:pills?|dose|dosage|medicine|medication|meds|drugs?|weed|cocaine|drunk|alcohol\\w*|doctor"
              + "|diagnos\\w+|symptoms?|cancer|tumou?r|pregnan\\w+|abortion|surgery|hospital|bleed\\w*"
              + "|suicid\\w*|die|dying|dead|died|death|funeral|kill\\w*|abus\\w+|rape\\w*|gun|knife"
              + "|lawyer|lawsuit|court|police|invest\\w*|crypto|bitcoin|loan|debt|sex\\w*|naked|nudes?"
              + "|hitler|nazis?|racis\\w+|terror\\w*|muslims?|jews?|gays?|trump|putin|war)\\b");

  private final Conduct conduct;
  private final Rudeness rudeness;

  /// What a line must fit to.
  ///
  /// @param said what it replies to
  /// @param earlier the person's turn before that, or nothing
  /// @param own what the AI peer said in this conversation, oldest first
  /// @param examples replies that the model was shown
  record Around(String said, String earlier, List<String> own, List<String> examples) {
    Around {
      own = List.copyOf(own);
      examples = List.copyOf(examples);
    }
  }

  /// What became of a line.
  sealed interface Sifted {
    record Fits(String line) implements Sifted {}

    record Flawed(Improvised why) implements Sifted {}
  }

  /// @param conduct whose rules for what is said hold here first
  public Sieve(Conduct conduct, Rudeness rudeness) {
    this.conduct = conduct;
    this.rudeness = rudeness;
  }

  /// Whether a line may be made up for that at all: not where the AI is asked about itself, not
  /// where a wrong word harms, not to the rude.
  boolean mayReplyTo(String said) {
    String plain = plain(said).strip();
    return !ASKS_ABOUT_YOU.matcher(plain).find()
        && !DELICATE.matcher(plain).find()
        && rudeness.of(said) < RUDE;
  }

  /// @param made as the model made it
  Sifted sift(String made, Around around) {
    String line = MadeLine.trimmed(made);
    List<Flaw> flaws =
        List.of(
            new Flaw(Improvised.MARKS, _ -> MARKS.matcher(made.strip()).find()),
            new Flaw(Improvised.EMPTY, text -> Words.of(text).size() < 3),
            new Flaw(Improvised.TOO_LONG, text -> text.length() > LONGEST),
            new Flaw(Improvised.LOOPS, Words::loop),
            new Flaw(Improvised.OFF_TOPIC, text -> HOLLOW.matcher(plain(text)).find()),
            new Flaw(Improvised.ECHO, text -> echoes(text, around.said())),
            new Flaw(Improvised.COPIED, text -> isAmong(around.examples(), text)),
            new Flaw(Improvised.REPEATS, text -> repeats(text, around.own())),
            new Flaw(Improvised.CLAIM, this::claims),
            new Flaw(Improvised.WRONG_PERSON, text -> isOfItself(text)),
            new Flaw(Improvised.WRONG_MOOD, text -> Moods.clash(around.said(), text)),
            new Flaw(Improvised.MADE_UP, text -> Words.namesUnheard(text, heard(around))),
            new Flaw(Improvised.MADE_UP, Sieve::lectures),
            new Flaw(Improvised.OFF_TOPIC, text -> Words.strays(text, heard(around))),
            new Flaw(Improvised.RUDE, text -> rudeness.of(text) >= RUDE));
    return flaws.stream()
        .filter(flaw -> flaw.is().test(line))
        .findFirst()
        .<Sifted>map(flaw -> new Sifted.Flawed(flaw.name()))
        .orElseGet(() -> new Sifted.Fits(line));
  }

  private record Flaw(Improvised name, Predicate<String> is) {}

  private static String heard(Around around) {
    return around.earlier() + "\n" + around.said();
  }

  private boolean claims(String line) {
    return conduct.faultOf(line, ENGLISH).isPresent();
  }

  private static boolean isOfItself(String line) {
    return SELF.matcher(HARMLESS_SELF.matcher(plain(line)).replaceAll("")).find();
  }

  private static boolean isAmong(List<String> lines, String line) {
    Set<String> words = Words.of(line);
    return lines.stream().anyMatch(one -> Words.of(one).equals(words));
  }

  /// A sentence that tells, and tells nothing new.
  private static boolean echoes(String line, String said) {
    return Words.isEcho(line, said)
        || MadeLine.sentences(line).stream()
            .anyMatch(one -> !one.endsWith("?") && Words.size(one) > 3 && Words.isEcho(one, said));
  }

  /// A sentence that tells, and is no reaction to what was said: about the world, or the person.
  private static boolean lectures(String line) {
    return MadeLine.sentences(line).stream()
        .anyMatch(
            one ->
                !one.endsWith("?")
                    && (Words.size(one) > LONGEST_REACTION
                        || !REACTION.matcher(plain(one)).lookingAt()));
  }

  /// The whole, or one of its sentences.
  private static boolean repeats(String line, List<String> own) {
    return MadeLine.sentences(line).stream()
        .anyMatch(
            sentence ->
                own.stream()
                    .flatMap(said -> MadeLine.sentences(said).stream())
                    .anyMatch(said -> Words.alike(sentence, said) || Words.holds(sentence, said)));
  }

  static String plain(String text) {
    return text.toLowerCase(Locale.ROOT).replace('’', '\'');
  }
}
