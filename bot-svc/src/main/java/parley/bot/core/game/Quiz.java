package parley.bot.core.game;

import java.util.List;
import java.util.Map;
import parley.bot.core.bank.Vocabulary;

/// Some questions with answers, one after the other: trivia or riddles. Who does not know gets the
/// hint, if there is one, then the answer.
final class Quiz implements Game {
  private static final int ROUND = 5;

  private final String kind;
  private final Voice voice;
  private final Vocabulary vocabulary;
  private final List<Question> left;
  private final int all;
  private Question asked;
  private int right;
  private boolean hinted;

  /// @param kind what its lines begin with
  Quiz(String kind, List<Question> questions, Voice voice, Vocabulary vocabulary) {
    this.kind = kind;
    this.voice = voice;
    this.vocabulary = vocabulary;
    this.left = voice.deal(questions, ROUND);
    this.all = left.size();
    this.asked = left.removeFirst();
  }

  @Override
  public String open() {
    return voice.say(kind + ".open") + " " + asked.text();
  }

  @Override
  public Turn next(String text) {
    Heard heard = new Heard(text, vocabulary);
    if (asked.isAnsweredBy(heard)) {
      right++;
      return on(voice.say(kind + ".right", answer()));
    }
    boolean gaveUp = heard.is("skip") || heard.is("idk") || heard.is("give-up");
    if ((heard.is("hint") || !gaveUp) && !hinted && !asked.hint().isEmpty()) {
      hinted = true;
      return new Turn.GoesOn(voice.say(kind + ".hint", Map.of("hint", asked.hint())));
    }
    return on(voice.say(gaveUp ? kind + ".skipped" : kind + ".wrong", answer()));
  }

  private Turn on(String line) {
    if (left.isEmpty()) {
      String score = right * 2 > all ? ".good" : right > 0 ? ".fair" : ".poor";
      return new Turn.Over(
          line + " " + voice.say(kind + score, Map.of("right", "" + right, "all", "" + all)));
    }
    hinted = false;
    asked = left.removeFirst();
    return new Turn.GoesOn(line + " " + asked.text());
  }

  private Map<String, String> answer() {
    return Map.of("answer", asked.answer());
  }
}
