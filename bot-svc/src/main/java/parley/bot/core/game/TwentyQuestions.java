package parley.bot.core.game;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import parley.bot.core.bank.Vocabulary;

/// The AI has thought of a thing; the person asks what can be answered by yes or no, at most twenty
/// times, and guesses.
final class TwentyQuestions implements Game {
  private static final int QUESTIONS = 20;
  private static final int PATIENCE = 4;

  private final Things things;
  private final Voice voice;
  private final Vocabulary vocabulary;
  private final Thing secret;
  private final Set<String> told = new HashSet<>();
  private int asked;
  private int notUnderstood;

  TwentyQuestions(Things things, Voice voice, Vocabulary vocabulary) {
    this.things = things;
    this.voice = voice;
    this.vocabulary = vocabulary;
    this.secret = voice.pick(things.all());
  }

  @Override
  public String open() {
    return voice.say("twenty-questions.open");
  }

  @Override
  public Turn next(String text) {
    Heard heard = new Heard(text, vocabulary);
    if (heard.is("give-up") || heard.is("skip") || heard.is("idk")) {
      return new Turn.Over(voice.say("twenty-questions.given-up", answer()));
    }
    if (heard.is("hint")) {
      return hint();
    }
    Optional<Thing> guess = things.named(heard);
    if (guess.isPresent()) {
      return guess.get().equals(secret)
          ? new Turn.Over(voice.say("twenty-questions.found", answer()))
          : counted("twenty-questions.not-that");
    }
    return things.asked(heard).map(trait -> answered(trait)).orElseGet(this::unknown);
  }

  private Turn answered(Trait trait) {
    told.add(trait.key());
    return counted(secret.has(trait) ? "twenty-questions.yes" : "twenty-questions.no");
  }

  private Turn counted(String key) {
    asked++;
    notUnderstood = 0;
    int left = QUESTIONS - asked;
    if (left == 0) {
      return new Turn.Over(
          voice.say(key, Map.of()) + " " + voice.say("twenty-questions.out", answer()));
    }
    String line = voice.say(key, Map.of());
    return new Turn.GoesOn(
        left % 5 == 0
            ? line + " " + voice.say("twenty-questions.left", Map.of("left", "" + left))
            : line);
  }

  private Turn unknown() {
    notUnderstood++;
    return notUnderstood > PATIENCE
        ? new Turn.Over(voice.say("twenty-questions.lost", answer()))
        : new Turn.GoesOn(
            voice.say(
                "twenty-questions.unknown",
                Map.of("example", voice.pick(things.traits()).question())));
  }

  /// Something true that was not asked about yet.
  private Turn hint() {
    List<Trait> open =
        things.traits().stream()
            .filter(trait -> secret.has(trait) && !told.contains(trait.key()))
            .toList();
    if (open.isEmpty()) {
      return new Turn.GoesOn(voice.say("twenty-questions.no-hint"));
    }
    Trait trait = voice.pick(open);
    told.add(trait.key());
    return new Turn.GoesOn(
        voice.say("twenty-questions.hint", Map.of("question", trait.question())));
  }

  private Map<String, String> answer() {
    return Map.of("thing", secret.named(), "asked", "" + asked);
  }
}
