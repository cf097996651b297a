package parley.bot.core.game;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.bot.core.bank.Claims;
import parley.bot.core.bank.TextLine;

class GameTextsTest {
  private final GameTexts texts = new GameTexts();

  @ParameterizedTest
  @CsvSource({"trivia, 120", "riddles, 40"})
  void thereAreEnoughQuestions(String file, int atLeast) {
    assertThat(texts.questions(TextLine.of("games/" + file + ".txt")))
        .hasSizeGreaterThanOrEqualTo(atLeast);
    texts.check();
  }

  @Test
  void thereAreEnoughThingsWordsAndChoices() {
    List<Trait> traits = texts.traits(TextLine.of("games/things.txt"));
    assertThat(texts.things(TextLine.of("games/things.txt"), traits))
        .hasSizeGreaterThanOrEqualTo(100);
    assertThat(texts.words(TextLine.of("games/words.txt"))).hasSizeGreaterThanOrEqualTo(250);
    assertThat(texts.dilemmas(TextLine.of("games/dilemmas.txt"))).hasSizeGreaterThanOrEqualTo(50);
    texts.check();
  }

  @ParameterizedTest
  @ValueSource(strings = {"no colon", "key:", "key: one\nkey: two"})
  void aLineThatIsNoneIsAFault(String content) {
    texts.lines(TextLine.of("lines.txt", content));
    assertFault("lines.txt:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"? Why?", "= because", "? Why?\n=", "? Why?\n= x\n\n? why?\n= y"})
  void aQuestionThatIsNoneIsAFault(String content) {
    texts.questions(TextLine.of("trivia.txt", content));
    assertFault("trivia.txt:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1 one => yes", "1 one => yes\n2 two", "1 one\n2 two"})
  void aChoiceThatIsNoneIsAFault(String content) {
    texts.dilemmas(TextLine.of("dilemmas.txt", content));
    assertFault("dilemmas.txt:1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "trait red: Is it red?",
        "trait red: Red? | red\napple: blue",
        "trait red: Red? | red\napple: red\nbrick: red",
        "trait red: Red? | red\n: red"
      })
  void aThingThatIsNoneIsAFault(String content) {
    List<TextLine> file = TextLine.of("things.txt", content);
    texts.things(file, texts.traits(file));
    assertFault("things.txt:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"apple apple", "Apple", "x", "ap-ple"})
  void aWordThatIsNoneIsAFault(String content) {
    texts.words(TextLine.of("words.txt", content));
    assertFault("words.txt:1");
  }

  @Test
  void noLineClaimsALife() {
    Claims claims = Claims.of(TextLine.of("bank/en/claims.txt"));
    Stream<String> lines =
        texts.lines(TextLine.of("games/lines.txt")).entrySet().stream()
            .filter(entry -> !entry.getKey().startsWith("names."))
            .flatMap(entry -> entry.getValue().stream());
    Stream<String> remarks =
        texts.dilemmas(TextLine.of("games/dilemmas.txt")).stream()
            .flatMap(one -> Stream.of(one.toFirst(), one.toSecond()));
    assertThat(Stream.concat(lines, remarks))
        .allSatisfy(line -> assertThat(claims.in(line)).isEmpty());
  }

  private void assertFault(String place) {
    assertThatThrownBy(texts::check).hasMessageContaining("1 faults").hasMessageContaining(place);
  }
}
