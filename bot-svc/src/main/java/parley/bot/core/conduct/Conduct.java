package parley.bot.core.conduct;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import parley.bot.core.conduct.Judgement.AsksWhatYouAre;
import parley.bot.core.conduct.Judgement.Danger;
import parley.bot.core.conduct.Judgement.Plain;
import parley.bot.core.conduct.Judgement.WantsContact;
import parley.bot.core.conduct.Judgement.WantsToMeet;
import parley.domain.Cohort;

/// The rules around whatever talks. Immutable; every thread may use it; reads its files once.
///
/// The rules of all languages are applied to every message and every line, the person's own
/// language first: people, and models, do not keep to the one that was named.
public final class Conduct {
  private static final String FOLDER = "/parley/bot/conduct/";
  private static final String SAYS_NOTHING = "…";

  private final Map<String, RuleBook> rules;
  private final Map<String, LineBook> lines;
  private final Emergencies emergencies;
  private final OutputRules output;
  private final Cohort cohort;

  private Conduct(
      Map<String, RuleBook> rules,
      Map<String, LineBook> lines,
      Emergencies emergencies,
      OutputRules output,
      Cohort cohort) {
    this.rules = rules;
    this.lines = lines;
    this.emergencies = emergencies;
    this.output = output;
    this.cohort = cohort;
  }

  /// The files as they are shipped.
  ///
  /// @throws ConductFaults with every fault of every file
  public static Conduct load() {
    return read(name -> resource(FOLDER + name));
  }

  /// @param files text by name, such as `en/rules.txt`; empty if it is not there
  static Conduct read(UnaryOperator<String> files) {
    Faults faults = new Faults();
    Map<String, RuleBook> rules = new HashMap<>();
    Map<String, LineBook> lines = new HashMap<>();
    for (String language : Tongue.LANGUAGES) {
      String ruleFile = language + "/rules.txt";
      String lineFile = language + "/lines.txt";
      rules.put(language, RuleBook.read(ruleFile, files.apply(ruleFile), faults));
      lines.put(language, LineBook.read(lineFile, files.apply(lineFile), faults));
    }
    HelpLines numbers = HelpLines.read("helplines.txt", files.apply("helplines.txt"), faults);
    faults.check();
    Map<String, LineBook> said = Map.copyOf(lines);
    return new Conduct(
        Map.copyOf(rules),
        said,
        new Emergencies(language -> of(said, language), numbers),
        new OutputRules(rules.values(), language -> of(said, language), Secrets.NONE),
        Cohort.ADULT);
  }

  private static String resource(String name) {
    try (InputStream file = Conduct.class.getResourceAsStream(name)) {
      return file == null ? "" : new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + name, unreadable);
    }
  }

  /// The same conduct, which also lets nothing out of this text: no six words of it in a row, or
  /// the whole of it if it is shorter. Meant for system prompts.
  public Conduct guarding(String secret) {
    return new Conduct(rules, lines, emergencies, output.guarding(Secrets.of(secret)), cohort);
  }

  /// The same conduct towards somebody of this cohort, ADULT before. With a minor, everything
  /// sexual is [Danger#MINOR_IN_SEXUAL_CONTEXT].
  public Conduct towards(Cohort person) {
    return new Conduct(rules, lines, emergencies, output, person);
  }

  /// What to do with a person's message. Comes before any model.
  public Judgement judge(Speech speech) {
    String text = Markers.without(speech.text());
    String folded = Folding.fold(text);
    for (Danger danger : Danger.values()) {
      Optional<String> understood = firstThat(speech, folded, danger);
      if (understood.isPresent()) {
        return emergencies.answer(danger, understood.get(), speech);
      }
    }
    return asked(Rule.ASKS_WHAT_YOU_ARE, FixedLine.WHAT_I_AM, speech, folded)
        .<Judgement>map(AsksWhatYouAre::new)
        .or(
            () ->
                asked(Rule.WANTS_CONTACT, FixedLine.NO_CONTACT, speech, folded)
                    .map(WantsContact::new))
        .or(
            () ->
                asked(Rule.WANTS_TO_MEET, FixedLine.NO_MEETING, speech, folded)
                    .map(WantsToMeet::new))
        .orElseGet(() -> new Plain(text.isBlank() ? SAYS_NOTHING : text));
  }

  private Optional<String> asked(Rule rule, FixedLine answer, Speech speech, String folded) {
    return speech.tongue().languagesFromOwn().stream()
        .filter(language -> of(rules, language).finds(rule, folded))
        .findFirst()
        .map(language -> of(lines, language).say(answer, speech.turn(), speech.heard()));
  }

  private Optional<String> firstThat(Speech speech, String folded, Danger danger) {
    return speech.tongue().languagesFromOwn().stream()
        .filter(language -> isInDanger(of(rules, language), danger, folded))
        .findFirst();
  }

  private boolean isInDanger(RuleBook book, Danger danger, String folded) {
    return switch (danger) {
      case SELF_HARM -> book.finds(Rule.SELF_HARM, folded);
      case MEDICAL -> book.finds(Rule.MEDICAL, folded);
      case VIOLENCE -> book.finds(Rule.VIOLENCE, folded);
      case MINOR_IN_SEXUAL_CONTEXT ->
          book.finds(Rule.CHILD_ABUSE, folded)
              || (book.finds(Rule.SEXUAL, folded)
                  && (cohort != Cohort.ADULT || book.finds(Rule.UNDER_AGE, folded)));
    };
  }

  /// What becomes of a line that somebody wants to say: a model, a bank of lines. Not for the lines
  /// that come from here.
  public Reviewed review(String line, Tongue tongue) {
    return output.review(line, tongue);
  }

  /// Why the companion may not say a line, whether it was written beforehand or made up: what
  /// [#review] changes in it, or a claim that is forgiven to a provider because it is manners
  /// ("glad to hear it").
  public Optional<Reviewed.Why> faultOf(String line, Tongue tongue) {
    return switch (review(line, tongue)) {
      case Reviewed.Say _ ->
          output.claimsPolitely(line) ? Optional.of(Reviewed.Why.CLAIM) : Optional.empty();
      case Reviewed.Replaced(var _, var why) -> Optional.of(why);
      case Reviewed.Nothing(var why) -> Optional.of(why);
    };
  }

  /// A fixed line.
  ///
  /// @param turn chooses the wording: the next turn gets the next one, never by chance
  public String line(FixedLine which, Tongue tongue, int turn) {
    return line(which, tongue, turn, _ -> false);
  }

  /// The same to somebody who has heard some lines: none of these, as long as there is another.
  public String line(FixedLine which, Tongue tongue, int turn, Predicate<String> heard) {
    return of(lines, tongue.language()).say(which, turn, heard);
  }

  private static <B> B of(Map<String, B> books, String language) {
    B book = books.get(language);
    if (book == null) {
      throw new IllegalStateException("no file of '" + language + "', expected one when loading");
    }
    return book;
  }
}
