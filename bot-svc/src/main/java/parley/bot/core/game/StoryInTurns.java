package parley.bot.core.game;

import java.util.List;
import java.util.Map;
import parley.bot.core.bank.Vocabulary;

/// A story that both tell, a sentence each. What the person wrote is not repeated.
final class StoryInTurns implements Game {
  private static final int TURNS = 5;
  private static final int PATIENCE = 2;
  private static final int SHORTEST = 2;

  private final Voice voice;
  private final Vocabulary vocabulary;
  private final List<String> beginnings;
  private final List<String> ends;
  private final List<String> middles;
  private int tooShort;

  StoryInTurns(Map<String, List<String>> lines, Voice voice, Vocabulary vocabulary) {
    this.voice = voice;
    this.vocabulary = vocabulary;
    this.beginnings = lines.getOrDefault("story.beginning", List.of());
    this.ends = lines.getOrDefault("story.end", List.of());
    this.middles = voice.deal(lines.getOrDefault("story.middle", List.of()), TURNS - 1);
  }

  @Override
  public String open() {
    return voice.say("story.open") + " " + voice.pick(beginnings);
  }

  @Override
  public Turn next(String text) {
    Heard heard = new Heard(text, vocabulary);
    if (heard.is("give-up")) {
      return end();
    }
    if (heard.words().size() < SHORTEST && !heard.is("skip") && !heard.is("idk")) {
      tooShort++;
      return tooShort > PATIENCE ? end() : new Turn.GoesOn(voice.say("story.more"));
    }
    return middles.isEmpty()
        ? end()
        : new Turn.GoesOn(middles.removeFirst() + " " + voice.say("story.your-turn"));
  }

  private Turn end() {
    return new Turn.Over(voice.pick(ends) + " " + voice.say("story.over"));
  }
}
