package parley.bot.core.game;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parley.bot.core.bank.Vocabulary;

/// The person has thought of a thing; the AI asks and guesses, at most twenty times. A wrong answer
/// of the person's costs a thing likelihood, not its place.
final class Guessing implements Game {
  private static final int QUESTIONS = 20;
  private static final int PATIENCE = 3;
  private static final double CONTRADICTED = 0.1;
  private static final double SURE = 0.7;

  private final Things things;
  private final Voice voice;
  private final Vocabulary vocabulary;
  private final Map<Thing, Double> likelihood = new HashMap<>();
  private final List<Trait> open;
  private @Nullable Trait trait;
  private @Nullable Thing guess;
  private int asked;
  private int notUnderstood;
  private boolean beaten;

  Guessing(Things things, Voice voice, Vocabulary vocabulary) {
    this.things = things;
    this.voice = voice;
    this.vocabulary = vocabulary;
    this.open = new ArrayList<>(things.traits());
    things.all().forEach(thing -> likelihood.put(thing, 1.0));
  }

  @Override
  public String open() {
    return voice.say("guessing.open") + " " + ask();
  }

  @Override
  public Turn next(String text) {
    Heard heard = new Heard(text, vocabulary);
    if (beaten) {
      return new Turn.Over(voice.say("guessing.learned"));
    }
    if (heard.is("give-up")) {
      return new Turn.Over(voice.say("guessing.left"));
    }
    if (guess != null) {
      return guessed(guess, heard);
    }
    if (heard.isYes() || heard.isNo()) {
      learn(heard.isYes() ? Answer.YES : Answer.NO);
      return goOn();
    }
    if (heard.is("idk") || heard.is("skip")) {
      return goOn();
    }
    return unknown();
  }

  private enum Answer {
    YES,
    NO
  }

  private Turn guessed(Thing thing, Heard heard) {
    if (heard.isYes() || thing.bareNames().stream().anyMatch(heard::holds)) {
      return new Turn.Over(
          voice.say("guessing.found", Map.of("thing", thing.named(), "asked", "" + asked)));
    }
    if (heard.isNo()) {
      likelihood.remove(thing);
      guess = null;
      return goOn();
    }
    return unknown();
  }

  private void learn(Answer answer) {
    Trait about = trait;
    if (about != null) {
      likelihood.replaceAll(
          (thing, likely) ->
              thing.has(about) == (answer == Answer.YES) ? likely : likely * CONTRADICTED);
    }
  }

  private Turn goOn() {
    notUnderstood = 0;
    if (asked >= QUESTIONS || likelihood.isEmpty()) {
      beaten = true;
      return new Turn.GoesOn(voice.say("guessing.beaten"));
    }
    return new Turn.GoesOn(ask());
  }

  private Turn unknown() {
    notUnderstood++;
    return notUnderstood > PATIENCE
        ? new Turn.Over(voice.say("guessing.left"))
        : new Turn.GoesOn(voice.say("guessing.yes-or-no"));
  }

  /// The question that parts what is likely best, or a guess if one thing stands out.
  private String ask() {
    asked++;
    double total = likelihood.values().stream().mapToDouble(Double::doubleValue).sum();
    Thing best = best();
    Optional<Trait> next =
        open.stream().max(Comparator.comparingDouble(one -> parting(one, total)));
    boolean sure = likelihood.getOrDefault(best, 0.0) >= SURE * total;
    if (sure || next.isEmpty() || parting(next.get(), total) == 0 || asked == QUESTIONS) {
      guess = best;
      return voice.say("guessing.guess", Map.of("thing", best.named()));
    }
    open.remove(next.get());
    trait = next.get();
    return next.get().question();
  }

  private Thing best() {
    return things.all().stream()
        .max(Comparator.comparingDouble(thing -> likelihood.getOrDefault(thing, 0.0)))
        .orElseThrow();
  }

  /// How much of what is likely is on the smaller side.
  private double parting(Trait by, double total) {
    double has = 0;
    for (Map.Entry<Thing, Double> one : likelihood.entrySet()) {
      has += one.getKey().has(by) ? one.getValue() : 0;
    }
    return Math.min(has, total - has);
  }
}
