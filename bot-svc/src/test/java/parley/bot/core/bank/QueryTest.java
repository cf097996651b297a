package parley.bot.core.bank;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {
  private static final Vocabulary ENGLISH = Vocabulary.of("en");

  private final Query query = new Query(ENGLISH);

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          How do I get rust off my pan?; how to get rust off your pan
          where can i buy strings at night; where to buy strings at night
          How deep is a ploughed field?; how deep a ploughed field is
          why are there so many tales about foxes; why there are so many tales about foxes
          is it far from here?; whether it is far from here
          who invented the zip?; who invented the zip
          What is the best way to cook a steak?; the best way to cook a steak
          which river is the longest?; which river is the longest
          where is Andrew?; where Andrew is
          """)
  void aQuestionIsNamedInsideOfASentence(String asked, String text) {
    assertThat(query.in(ENGLISH.read(asked))).contains(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "how do you feel?",
        "what is your name?",
        "how did other people decide such a thing",
        "can i get a hint",
        "why does the moon not fall down",
        "who killed her?",
        "really?",
        ""
      })
  void whatCannotBeTurnedIsLeftAlone(String asked) {
    assertThat(query.in(ENGLISH.read(asked))).isEmpty();
  }

  @Test
  void aLanguageWithoutTheWordsForItNamesNothing() {
    assertThat(new Query(Vocabulary.of("de")).in(ENGLISH.read("is it far?"))).isEmpty();
  }
}
