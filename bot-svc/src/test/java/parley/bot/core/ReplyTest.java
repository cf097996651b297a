package parley.bot.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parley.bot.core.conduct.Tongue;

class ReplyTest {
  private static final ReplyRules RULES = new ReplyRules(50, 3, 120);

  @Test
  void sentencesAreToldWhenTheyAreWholeHoweverTheyAreCut() {
    String text = "I like the sound of that. Tell me more about it! Was it in the 3.5 mile race?";
    for (int piece = 1; piece < 20; piece++) {
      assertThat(told(english(""), pieces(text, piece)))
          .containsExactly(
              "I like the sound of that.",
              "Tell me more about it!",
              "Was it in the 3.5 mile race?");
    }
  }

  @Test
  void aWordAloneWaitsForTheNext() {
    assertThat(told(english(""), List.of("Oh! ", "Really? ", "Tell me more about it."))).hasSize(1);
  }

  @Test
  void whatIsMoreThanMayBeSaidIsLeftOut() {
    Reply reply = english("");
    List<String> told =
        told(reply, List.of("This is one. ", "This is number two. ", "And three it is. ", "Four."));
    assertThat(told).hasSize(3);
    assertThat(told(english(""), List.of("It is short. ", "Word ".repeat(40) + ". ", "Also so.")))
        .as("and nothing after a gap")
        .containsExactly("It is short.");
  }

  @Test
  void anEmptyAnEndlessAndAHugeAnswerAreFaults() {
    assertThat(english("").end().fault()).contains(Fault.EMPTY);
    assertThat(english("").add("x".repeat(3_000)).fault()).contains(Fault.HUGE);
    Reply endless = english("");
    Optional<Fault> fault = Optional.empty();
    for (int piece = 0; piece < 1_000 && fault.isEmpty(); piece++) {
      fault = endless.add("word" + piece + " ").fault();
    }
    assertThat(fault).contains(Fault.ENDLESS);
  }

  @Test
  void theSameSentenceTwiceIsAFaultAlsoAcrossAnswers() {
    Reply twice = english("");
    var _ = twice.add("What do you like best? ");
    assertThat(twice.add("What do you like best! ").fault().or(() -> twice.end().fault()))
        .contains(Fault.REPEATS);
    Reply again =
        new Reply(
            RULES, prompt("en", "Yes", List.of(new Line(Line.Who.PEER, "What do you like best?"))));
    var _ = again.add("What do you like best?");
    assertThat(again.end().fault()).contains(Fault.REPEATS);
  }

  @Test
  void anotherLanguageIsAFaultUnlessThePersonWritesInIt() {
    String german = "Das ist nicht der Weg, und ich weiß es auch.";
    Reply foreign = english("Tell me the way that you know");
    var _ = foreign.add(german);
    assertThat(foreign.end().fault()).contains(Fault.OTHER_LANGUAGE);
    Reply wanted = english("Ich weiß nicht, was das ist und wie es geht");
    var _ = wanted.add(german);
    assertThat(wanted.end().sayable()).containsExactly(german);
    Reply russian = english("Hello");
    var _ = russian.add("Привет, как у тебя дела сегодня?");
    assertThat(russian.end().fault()).contains(Fault.OTHER_LANGUAGE);
  }

  private static Reply english(String said) {
    return new Reply(RULES, prompt("en", said, List.of()));
  }

  private static Prompt prompt(String language, String said, List<Line> memory) {
    return new Prompt(memory, said, new Tongue(language, ""), 1, List.of(), Prompt.Tone.USUAL);
  }

  private static List<String> told(Reply reply, List<String> pieces) {
    List<String> told = new ArrayList<>();
    for (String piece : pieces) {
      told.addAll(reply.add(piece).sayable());
    }
    told.addAll(reply.end().sayable());
    return told;
  }

  private static List<String> pieces(String text, int length) {
    List<String> pieces = new ArrayList<>();
    for (int from = 0; from < text.length(); from += length) {
      pieces.add(text.substring(from, Math.min(text.length(), from + length)));
    }
    return pieces;
  }
}
