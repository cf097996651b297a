package parley.bot.core.game;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.bot.core.Prompt;
import parley.bot.core.bank.Vocabulary;

class PlayTest {
  private static final GameShelf SHELF = new GameShelf("en", Vocabulary.of("en"));

  private final Play play = new Play(SHELF, new Random(1));

  @Test
  void twoLinesThatSayNothingBringAnOffer() {
    assertThat(play.hear("ok", Prompt.Tone.USUAL)).isEmpty();
    assertThat(play.hear("i saw a fox today", Prompt.Tone.USUAL)).isEmpty();
    assertThat(play.hear("lol", Prompt.Tone.USUAL)).isEmpty();
    assertThat(play.hear("idk", Prompt.Tone.USUAL)).isPresent();
    assertThat(play.isOn()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bored", "I'm so bored", "lets play a game", "do you know a game?"})
  void whoIsBoredOrAsksGetsAnOfferAtOnce(String text) {
    assertThat(play.hear(text, Prompt.Tone.USUAL)).isPresent();
    assertThat(play.hear("yes please", Prompt.Tone.USUAL)).isPresent();
    assertThat(play.isOn()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "What is the capital of Japan?, Tokyo",
    "whats the capital of japan, Tokyo",
    "what is the capital of Canada??, Ottawa"
  })
  void aQuestionOfTheQuizIsAnswered(String asked, String answer) {
    assertThat(play.hear(asked, Prompt.Tone.USUAL))
        .hasValueSatisfying(line -> assertThat(line).contains(answer));
    assertThat(play.isOn()).isFalse();
    assertThat(play.hear("what is the capital of nowhere", Prompt.Tone.USUAL)).isEmpty();
  }

  @Test
  void whoDeclinesIsLeftInPeace() {
    play.hear("bored", Prompt.Tone.USUAL);
    assertThat(play.hear("no thanks", Prompt.Tone.USUAL))
        .hasValueSatisfying(text -> assertThat(text).contains("?"));
    for (int line = 0; line < 10; line++) {
      assertThat(play.hear("ok", Prompt.Tone.USUAL)).as("line %d", line).isEmpty();
    }
    assertThat(play.isOn()).isFalse();
  }

  @Test
  void anOfferLapsesWhenThePersonTalksOfSomethingElse() {
    play.hear("bored", Prompt.Tone.USUAL);
    assertThat(play.hear("my sister came home today", Prompt.Tone.USUAL)).isEmpty();
    assertThat(play.hear("yes", Prompt.Tone.USUAL)).isEmpty();
    assertThat(play.isOn()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          trivia; Five questions
          can we play 20 questions?; thinking of a thing
          let's play word chain; Each word begins
          riddles please; Five riddles
          quiz me; Five questions
          you guess; Think of
          lets do a story together, a story game; We tell a story
          would you rather; Six of them
          """)
  void aGameIsPlayedByItsName(String text, String opening) {
    assertThat(play.hear(text, Prompt.Tone.USUAL))
        .hasValueSatisfying(line -> assertThat(line).contains(opening));
    assertThat(play.isOn()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"true story", "i watched a quiz on television", "no story please"})
  void whoOnlyNamesAGameIsNotMadeToPlay(String text) {
    assertThat(play.hear(text, Prompt.Tone.USUAL)).isEmpty();
  }

  @Test
  void anotherGameThanTheOfferedMayBeNamed() {
    play.hear("bored", Prompt.Tone.USUAL);
    assertThat(play.hear("rather some trivia", Prompt.Tone.USUAL))
        .hasValueSatisfying(line -> assertThat(line).contains("Five questions"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stop",
        "Stop!",
        "something else",
        "i dont want to play anymore",
        "quit",
        "boring"
      })
  void aGameIsLeftAtAnyTime(String text) {
    play.hear("trivia", Prompt.Tone.USUAL);
    assertThat(play.hear("paris", Prompt.Tone.USUAL)).isPresent();
    assertThat(play.hear(text, Prompt.Tone.USUAL)).isPresent();
    assertThat(play.isOn()).isFalse();
    assertThat(play.hear("i was at the sea", Prompt.Tone.USUAL)).isEmpty();
  }

  @Test
  void whoSaysGoodbyeIsNotHeldByAGame() {
    play.hear("word chain", Prompt.Tone.USUAL);
    assertThat(play.hear("bye", Prompt.Tone.USUAL)).isEmpty();
    assertThat(play.isOn()).isFalse();
  }

  @Test
  void aGameThatIsOverGivesTheTalkBack() {
    play.hear("trivia", Prompt.Tone.USUAL);
    for (int question = 0; question < 5; question++) {
      assertThat(play.isOn()).isTrue();
      assertThat(play.hear("skip", Prompt.Tone.USUAL)).isPresent();
    }
    assertThat(play.isOn()).isFalse();
    assertThat(play.hear("that was fun", Prompt.Tone.USUAL)).isEmpty();
  }

  @Test
  void offersAreRareAndEndAtSomeTime() {
    int offers = 0;
    for (int line = 0; line < 200; line++) {
      Optional<String> offer = play.hear(line % 3 == 2 ? "i went out" : "ok", Prompt.Tone.USUAL);
      offers += offer.isPresent() ? 1 : 0;
    }
    assertThat(offers).isBetween(2, 4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"zwanzig fragen", "ratespiel", "wortkette", "geschichte", "quiz", "rätsel"})
  void everyGameIsPlayedInGerman(String name) {
    Play german = new Play(new GameShelf("de", Vocabulary.of("de")), new Random(1));
    String offer = german.hear("mir ist langweilig", Prompt.Tone.USUAL).orElseThrow();
    String opening = german.hear(name, Prompt.Tone.USUAL).orElseThrow();
    List<String> lines = new ArrayList<>(List.of(offer, opening));
    for (String said : List.of("ja", "weiß nicht", "tipp", "ein apfel", "nein", "weiter")) {
      german.hear(said, Prompt.Tone.USUAL).ifPresent(lines::add);
    }
    assertThat(lines).hasSizeGreaterThanOrEqualTo(3).noneMatch(line -> line.contains("{"));
    assertThat(german.hear("stopp", Prompt.Tone.USUAL)).isNotNull();
    assertThat(german.isOn()).isFalse();
  }

  @Test
  void aGermanThingIsFoundAndNamedWithItsArticle() {
    GameShelf shelf = new GameShelf("de", Vocabulary.of("de"));
    for (int seed = 0; seed < 20; seed++) {
      Game game = shelf.take(GameKind.TWENTY_QUESTIONS, new Random(seed));
      game.open();
      String told = game.next("ich gebe auf").text();
      assertThat(told).containsPattern("(war|ist) (eine?|der|die|das) \\p{Lu}");
    }
  }

  @Test
  void whoFeelsBadIsOfferedNothingAndPlaysWhatTheyAskFor() {
    for (int line = 0; line < 6; line++) {
      assertThat(play.hear(line == 3 ? "bored" : "ok", Prompt.Tone.GENTLE)).isEmpty();
    }
    assertThat(play.hear("trivia", Prompt.Tone.GENTLE)).isPresent();
    assertThat(play.isOn()).isTrue();
  }

  @Test
  void aGameThatIsLaidAsideIsOver() {
    play.hear("trivia", Prompt.Tone.USUAL);
    play.layAside();
    assertThat(play.isOn()).isFalse();
    assertThat(play.hear("my sister came home", Prompt.Tone.USUAL)).isEmpty();
  }

  @Test
  void whoTellsAWholeStoryDoesNotGuess() {
    play.hear("riddles", Prompt.Tone.USUAL);
    assertThat(play.hear("a river of some kind", Prompt.Tone.USUAL)).isPresent();
    assertThat(play.hear("i used to love riddles when my uncle told them", Prompt.Tone.USUAL))
        .isEmpty();
  }

  @Test
  void twoRoundsOfAGameHaveOtherQuestions() {
    Set<String> heard = new HashSet<>();
    for (int round = 0; round < 4; round++) {
      String line = play.hear("trivia", Prompt.Tone.USUAL).orElseThrow();
      for (int question = 0; question < 5; question++) {
        assertThat(heard.add(line.replaceFirst("^.*[.!:] ", ""))).as(line).isTrue();
        line = play.hear("skip", Prompt.Tone.USUAL).orElseThrow();
      }
    }
  }
}
