package parley.bot.core.game;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.bot.core.bank.TextLine;
import parley.bot.core.bank.Vocabulary;

/// Each game, played to its end.
class GamesTest {
  private static final Vocabulary ENGLISH = Vocabulary.of("en");
  private static final GameShelf SHELF = new GameShelf("en", ENGLISH);
  private static final int LONGEST_LINE = 500;
  private static final List<String> NONSENSE =
      List.of(
          "", "asdf", "🙂", "12345 !!", "{it}", "the the the", "x".repeat(2000), "?", "ja", "\n");

  @Test
  void theThingIsFoundByItsName() {
    for (int seed = 0; seed < 20; seed++) {
      String thing = secret(seed);
      Game game = opened(GameKind.TWENTY_QUESTIONS, seed);
      assertThat(game.next("is it a unicorn made of cheese dreams").text()).doesNotContain("{");
      assertThat(game.next("ok, is it the " + thing + "?"))
          .isInstanceOf(Turn.Over.class)
          .extracting(Turn::text)
          .asString()
          .contains(thing)
          .containsAnyOf("Yes, it is", "Right,");
    }
  }

  @Test
  void whatIsTrueOfTheThingIsAnsweredYes() {
    Things apple = things("trait red: Is it red? | red\ntrait big: Is it big? | big\napple: red");
    Game game = new TwentyQuestions(apple, voice(1), ENGLISH);
    game.open();
    assertThat(game.next("is it red").text()).containsIgnoringCase("yes");
    assertThat(game.next("would you say it's big?").text()).doesNotContainIgnoringCase("yes");
    assertThat(game.next("hint").text()).doesNotContain("red");
  }

  @Test
  void afterTwentyQuestionsTheThingIsTold() {
    Game game = opened(GameKind.TWENTY_QUESTIONS, 3);
    for (int asked = 1; asked < 20; asked++) {
      assertThat(game.next("is it an animal?")).isInstanceOf(Turn.GoesOn.class);
    }
    assertThat(game.next("is it an animal?"))
        .isInstanceOf(Turn.Over.class)
        .extracting(Turn::text)
        .asString()
        .contains(secret(3));
  }

  @Test
  void everyThingIsGuessedFromTrueAnswers() {
    Things things = things(TextLine.of("games/en/things.txt"));
    List<String> missed = new ArrayList<>();
    for (Thing thing : things.all()) {
      if (!guessed(things, thing, Set.of())) {
        missed.add(thing.name());
      }
    }
    assertThat(missed).isEmpty();
  }

  @Test
  void mostThingsAreGuessedDespiteOneWrongAnswer() {
    Things things = things(TextLine.of("games/en/things.txt"));
    long found = things.all().stream().filter(thing -> guessed(things, thing, Set.of(2))).count();
    assertThat(found).isGreaterThan(things.all().size() * 3L / 4);
  }

  /// @param lies numbers of the questions that are answered wrongly
  private static boolean guessed(Things things, Thing thing, Set<Integer> lies) {
    Game game = new Guessing(things, voice(5), ENGLISH);
    String asked = game.open();
    for (int turn = 1; turn < 30; turn++) {
      Turn next = game.next(answer(things, thing, asked, lies.contains(turn)));
      if (next instanceof Turn.Over) {
        return next.text().contains(thing.named());
      }
      asked = next.text();
    }
    return false;
  }

  private static String answer(Things things, Thing thing, String asked, boolean lie) {
    for (Trait trait : things.traits()) {
      if (asked.endsWith(trait.question())) {
        return thing.has(trait) == lie ? "no" : "yes";
      }
    }
    return asked.contains(" " + thing.named() + "?") || asked.contains(" " + thing.named() + ".")
        ? "yes!"
        : "no";
  }

  @Test
  void theGuesserGivesInAndAsksWhatItWas() {
    Game game = opened(GameKind.GUESSING, 1);
    Turn turn = new Turn.GoesOn("");
    int turns = 0;
    while (turn instanceof Turn.GoesOn && turns < 40) {
      turn = game.next(turns % 2 == 0 ? "no" : "i don't know");
      turns++;
      if (turn.text().contains("What was it?") || turn.text().contains("thinking of?")) {
        assertThat(game.next("a quokka")).isInstanceOf(Turn.Over.class);
        return;
      }
    }
    assertThat(turn).isInstanceOf(Turn.Over.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void theChainIsPlayedToItsEnd(int seed) {
    List<String> words = new GameTexts().words(TextLine.of("games/en/words.txt"));
    Game game = opened(GameKind.WORD_CHAIN, seed);
    Game twin = SHELF.take(GameKind.WORD_CHAIN, new Random(seed));
    String line = twin.open();
    Set<String> said = new HashSet<>();
    for (int round = 1; round <= 12; round++) {
      String letter = letter(line);
      said.addAll(List.of(line.toLowerCase(Locale.ROOT).split("[^a-z]+", -1)));
      String word =
          words.stream()
              .filter(one -> one.startsWith(letter) && said.add(one))
              .findFirst()
              .orElse(letter + "ay" + round);
      Turn turn = game.next(word + "!");
      line = turn.text();
      if (turn instanceof Turn.Over) {
        assertThat(round).isPositive();
        return;
      }
    }
    assertThat(line).as("over after twelve rounds").isEmpty();
  }

  @Test
  void aWordThatDoesNotFitIsRefusedThreeTimes() {
    Game game = new WordChain(List.of("apple", "egg", "goose"), voice(1), ENGLISH);
    String letter = letter(game.open());
    assertThat(game.next("two words").text()).contains("word", letter);
    assertThat(game.next(letter.equals("e") ? "goat" : "1").text())
        .contains(letter.toUpperCase(Locale.ROOT));
    assertThat(game.next(letter + "zzzq").text()).contains(letter.toUpperCase(Locale.ROOT));
    assertThat(game.next("")).isInstanceOf(Turn.Over.class);
  }

  @Test
  void whoHasNoWordLeftHasLost() {
    Game game = new WordChain(List.of("apple"), voice(1), ENGLISH);
    assertThat(game.open()).contains("apple");
    assertThat(game.next("elf"))
        .isInstanceOf(Turn.Over.class)
        .extracting(Turn::text)
        .asString()
        .containsIgnoringCase("f");
    Game used = new WordChain(List.of("eagle", "elephant"), voice(1), ENGLISH);
    String letter = letter(used.open());
    assertThat(used.next(letter.equals("e") ? "eagle" : "t").text()).isNotBlank();
  }

  @Test
  void sixChoicesAreMadeInAnyWords() {
    Dilemma tea = new Dilemma("drink tea", "drink coffee", "To tea.", "To coffee.");
    Game game = new WouldYouRather(List.of(tea, tea, tea, tea, tea), voice(1), ENGLISH);
    assertThat(game.open()).contains("drink tea", "drink coffee");
    assertThat(game.next("coffee, always").text()).startsWith("To coffee.");
    assertThat(game.next("the first one").text()).startsWith("To tea.");
    assertThat(game.next("drink").text()).doesNotStartWith("To");
    assertThat(game.next("hm??").text()).contains("Would you rather");
    assertThat(game.next("both").text()).startsWith("Both");
    assertThat(game.next("2")).isInstanceOf(Turn.Over.class);
  }

  @Test
  void aStoryOfFiveSentencesEachComesToItsEnd() {
    Game game = opened(GameKind.STORY, 2);
    Set<String> told = new HashSet<>();
    for (int turn = 1; turn < 5; turn++) {
      assertThat(game.next("").text()).as("a hint or the end").isNotBlank();
      game = opened(GameKind.STORY, 2);
    }
    Turn turn = game.next("the cat opened the letter");
    for (int sentence = 1; turn instanceof Turn.GoesOn && sentence < 9; sentence++) {
      assertThat(told.add(turn.text().split("\\. ", -1)[0])).isTrue();
      turn = game.next("and then it ran away");
    }
    assertThat(turn).isInstanceOf(Turn.Over.class).extracting(Turn::text).asString().contains("nd");
    assertThat(told).hasSize(4);
  }

  @ParameterizedTest
  @EnumSource(names = {"TRIVIA", "RIDDLES"})
  void aQuizIsWonByWhoKnowsTheAnswers(GameKind kind) {
    List<Question> questions =
        new GameTexts().questions(TextLine.of("games/en/" + kind.key() + ".txt"));
    Game game = SHELF.take(kind, new Random(9));
    String line = game.open();
    Turn turn = new Turn.GoesOn(line);
    for (int asked = 0; asked < 5; asked++) {
      String now = turn.text();
      Question question =
          questions.stream().filter(one -> now.endsWith(one.text())).findFirst().orElseThrow();
      turn = game.next("i think it's " + question.answers().getLast() + "?");
    }
    assertThat(turn).isInstanceOf(Turn.Over.class).extracting(Turn::text).asString().contains("5");
  }

  @Test
  void everyAnswerOfAQuizIsKnownAsRight() {
    for (String file : List.of("trivia", "riddles")) {
      for (Question question :
          new GameTexts().questions(TextLine.of("games/en/" + file + ".txt"))) {
        assertThat(question.answers())
            .as(question.text())
            .allMatch(answer -> question.isAnsweredBy(new Heard(answer, ENGLISH)));
        assertThat(question.isAnsweredBy(new Heard("wrong", ENGLISH))).isFalse();
      }
    }
  }

  @Test
  void aSlipOfTheFingerIsForgivenInLongWordsOnly() {
    Question question = new Question("?", List.of("saffron", "six"), "");
    assertThat(question.isAnsweredBy(new Heard("safron i guess", ENGLISH))).isTrue();
    assertThat(question.isAnsweredBy(new Heard("safrn", ENGLISH))).isFalse();
    assertThat(question.isAnsweredBy(new Heard("sex", ENGLISH))).isFalse();
  }

  @Test
  void theHintComesFirstAndTheAnswerAfterIt() {
    Question question = new Question("What?", List.of("a hole"), "Dig.");
    Game game = new Quiz("riddles", List.of(question, question, question), voice(1), ENGLISH);
    assertThat(game.open()).endsWith("What?");
    assertThat(game.next("a spoon").text()).contains("Dig.");
    assertThat(game.next("a fork").text()).containsIgnoringCase("a hole");
    assertThat(game.next("skip").text()).containsIgnoringCase("a hole").doesNotContain("Dig.");
    assertThat(game.next("hole").text()).contains("1");
  }

  @ParameterizedTest
  @EnumSource(GameKind.class)
  void nonsenseEndsAGameAndNeverBreaksIt(GameKind kind) {
    for (int seed = 0; seed < 5; seed++) {
      Game game = SHELF.take(kind, new Random(seed));
      assertThat(game.open()).hasSizeBetween(10, LONGEST_LINE).doesNotContain("{");
      Turn turn = new Turn.GoesOn("");
      for (int at = 0; turn instanceof Turn.GoesOn && at < 60; at++) {
        turn = game.next(NONSENSE.get(at % NONSENSE.size()));
        assertThat(turn.text()).hasSizeBetween(2, LONGEST_LINE).doesNotContain("{");
      }
      assertThat(turn).as("%s with seed %d", kind, seed).isInstanceOf(Turn.Over.class);
    }
  }

  @ParameterizedTest
  @EnumSource(GameKind.class)
  void theSameChanceGivesTheSameGame(GameKind kind) {
    assertThat(SHELF.take(kind, new Random(4)).open())
        .isEqualTo(SHELF.take(kind, new Random(4)).open());
  }

  private static String secret(int seed) {
    String told = opened(GameKind.TWENTY_QUESTIONS, seed).next("give up").text();
    Matcher thing = Pattern.compile("(?:was|is) an? ([a-z ]+)\\.").matcher(told);
    assertThat(thing.find()).as(told).isTrue();
    return thing.group(1);
  }

  private static Game opened(GameKind kind, int seed) {
    Game game = SHELF.take(kind, new Random(seed));
    game.open();
    return game;
  }

  private static Voice voice(int seed) {
    return SHELF.voice(new Random(seed));
  }

  private static Things things(String content) {
    return things(TextLine.of("things.txt", content));
  }

  private static Things things(List<TextLine> file) {
    GameTexts texts = new GameTexts();
    List<Trait> traits = texts.traits(file);
    Things things = new Things(traits, texts.things(file, traits));
    texts.check();
    return things;
  }

  /// The letter that the next word begins with.
  private static String letter(String line) {
    Matcher letter = Pattern.compile("\\b([A-Z])\\b").matcher(line);
    String last = "";
    while (letter.find()) {
      last = letter.group(1);
    }
    return last.toLowerCase(Locale.ROOT);
  }
}
