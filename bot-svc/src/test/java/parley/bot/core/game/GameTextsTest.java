package parley.bot.core.game;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.bot.core.bank.TextLine;
import parley.bot.core.conduct.Conduct;
import parley.bot.core.conduct.Tongue;

class GameTextsTest {
  private final GameTexts texts = new GameTexts();

  @ParameterizedTest
  @CsvSource({"en/trivia, 120", "en/riddles, 40", "de/trivia, 40", "de/riddles, 20"})
  void thereAreEnoughQuestions(String file, int atLeast) {
    assertThat(texts.questions(TextLine.of("games/" + file + ".txt")))
        .hasSizeGreaterThanOrEqualTo(atLeast);
    texts.check();
  }

  @ParameterizedTest
  @CsvSource({"en, 100, 250, 50", "de, 60, 200, 20"})
  void thereAreEnoughThingsWordsAndChoices(String language, int things, int words, int choices) {
    String folder = "games/" + language + "/";
    List<Trait> traits = texts.traits(TextLine.of(folder + "things.txt"));
    assertThat(texts.things(TextLine.of(folder + "things.txt"), traits))
        .hasSizeGreaterThanOrEqualTo(things);
    assertThat(texts.words(TextLine.of(folder + "words.txt"))).hasSizeGreaterThanOrEqualTo(words);
    assertThat(texts.dilemmas(TextLine.of(folder + "dilemmas.txt")))
        .hasSizeGreaterThanOrEqualTo(choices);
    texts.check();
  }

  @Test
  void everyLanguageHasTheSameLinesAndEveryLineItsSlots() {
    Map<String, List<String>> german = texts.lines(TextLine.of("games/de/lines.txt"));
    Map<String, List<String>> english = texts.lines(TextLine.of("games/en/lines.txt"));
    assertThat(german.keySet()).isEqualTo(english.keySet());
    english.forEach(
        (key, lines) ->
            assertThat(slots(german.getOrDefault(key, List.of()))).as(key).isEqualTo(slots(lines)));
  }

  private static Set<String> slots(List<String> lines) {
    return Pattern.compile("\\{\\w+}")
        .matcher(String.join(" ", lines))
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toUnmodifiableSet());
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

  @ParameterizedTest
  @ValueSource(strings = {"en", "de"})
  void noLineIsAgainstTheConduct(String language) {
    Conduct conduct = Conduct.load();
    String folder = "games/" + language + "/";
    Stream<String> lines =
        texts.lines(TextLine.of(folder + "lines.txt")).entrySet().stream()
            .filter(entry -> !entry.getKey().startsWith("names."))
            .flatMap(entry -> entry.getValue().stream());
    Stream<String> remarks =
        texts.dilemmas(TextLine.of(folder + "dilemmas.txt")).stream()
            .flatMap(one -> Stream.of(one.toFirst(), one.toSecond()));
    assertThat(Stream.concat(lines, remarks))
        .allSatisfy(
            line ->
                assertThat(conduct.faultOf(line, Tongue.of(List.of(language)))).as(line).isEmpty());
  }

  private void assertFault(String place) {
    assertThatThrownBy(texts::check).hasMessageContaining("1 faults").hasMessageContaining(place);
  }
}
