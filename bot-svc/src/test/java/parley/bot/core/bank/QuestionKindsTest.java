package parley.bot.core.bank;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionKindsTest {
  private static final Vocabulary ENGLISH = Vocabulary.of("en");

  private final QuestionKinds kinds = new QuestionKinds(ENGLISH, new Query(ENGLISH));

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          have you ever seen a glacier?; asked-self
          what would you bring to it?; asked-would
          should i take the red one or the blue one?; asked-which
          please sing it backwards; asked-favor
          """)
  void whoIsAskedAboutDecides(String said, String kind) {
    assertThat(kinds.of(ENGLISH.read(said)).findFirst()).contains(new Topic(kind));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "is a flat noisy would you say",
        "do you think it rains there?",
        "does it freeze there, do you know?"
      })
  void whoOnlyAsksForAViewAsksNothingAboutTheAi(String said) {
    assertThat(kinds.of(ENGLISH.read(said))).doesNotContain(Topic.ASKED_SELF);
  }

  @ParameterizedTest
  @CsvSource({
    "beige or cream?, cream",
    "what do you say: tea or the green lemonade?, the green lemonade"
  })
  void ofAChoiceOfTasteTheLastIsNamed(String said, String choice) {
    assertThat(kinds.choice(ENGLISH.read(said))).contains(choice);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "should i leave him or stay?",
        "are you a man or a woman?",
        "my knee or my hip?",
        "tea or nothing?",
        "is it red?"
      })
  void whatIsNoMatterOfTasteIsNotDrawnByLot(String said) {
    assertThat(kinds.choice(ENGLISH.read(said))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "i met somebody. Who would have thought!",
        "what a night",
        "we laughed, who cares"
      })
  void anExclamationIsNoQuestion(String said) {
    assertThat(ENGLISH.asks(ENGLISH.read(said))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Quick, what is the best film ever, you have three seconds", "is it late"})
  void aQuestionWithoutAMarkIsOne(String said) {
    assertThat(ENGLISH.asks(ENGLISH.read(said))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"we went to St. Cuthbert", "Dr. Miller was there", "Mrs. Hill came"})
  void theDotOfAnAbbreviationEndsNothing(String said) {
    assertThat(ENGLISH.read(said).clauses()).hasSize(1);
  }
}
