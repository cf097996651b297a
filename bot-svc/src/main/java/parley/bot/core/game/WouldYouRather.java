package parley.bot.core.game;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import parley.bot.core.bank.Vocabulary;

/// Two things to choose from, again and again.
final class WouldYouRather implements Game {
  private static final int ROUNDS = 6;

  private final Voice voice;
  private final Vocabulary vocabulary;
  private final List<Dilemma> left;
  private Dilemma asked;
  private boolean askedAgain;

  WouldYouRather(List<Dilemma> dilemmas, Voice voice, Vocabulary vocabulary) {
    this.voice = voice;
    this.vocabulary = vocabulary;
    this.left = voice.deal(dilemmas, ROUNDS);
    this.asked = left.removeFirst();
  }

  @Override
  public String open() {
    return voice.say("would-you-rather.open") + " " + question();
  }

  @Override
  public Turn next(String text) {
    Heard heard = new Heard(text, vocabulary);
    if (heard.is("give-up")) {
      return new Turn.Over(voice.say("would-you-rather.over"));
    }
    String remark = remark(heard);
    if (remark.isEmpty() && !askedAgain) {
      askedAgain = true;
      return new Turn.GoesOn(voice.say("would-you-rather.which"));
    }
    String line = remark.isEmpty() ? voice.say("would-you-rather.neither") : remark;
    if (left.isEmpty()) {
      return new Turn.Over(line + " " + voice.say("would-you-rather.over"));
    }
    askedAgain = false;
    asked = left.removeFirst();
    return new Turn.GoesOn(line + " " + question());
  }

  private String question() {
    return voice.say(
        "would-you-rather.question", Map.of("first", asked.first(), "second", asked.second()));
  }

  /// Empty if it cannot be told what was chosen.
  private String remark(Heard heard) {
    if (heard.is("skip") || heard.is("idk") || heard.is("neither")) {
      return voice.say("would-you-rather.neither");
    }
    if (heard.is("both")) {
      return voice.say("would-you-rather.both");
    }
    int first = heard.is("first") ? 1 : shared(heard, asked.first(), asked.second());
    int second = heard.is("second") ? 1 : shared(heard, asked.second(), asked.first());
    return first == second ? "" : first > second ? asked.toFirst() : asked.toSecond();
  }

  /// How many words of one choice, and not of the other, were said.
  private int shared(Heard heard, String choice, String other) {
    Set<String> words = new HashSet<>(vocabulary.words(choice));
    vocabulary.words(other).forEach(words::remove);
    words.retainAll(heard.words());
    return words.size();
  }
}
