package parley.bot.core.bank;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a doctor, a psychologist or a parent would not see met with small talk: that it is found,
/// whatever else it says. The gravest of it is found by the rules of the conduct.
class GraveThingsTest {
  private static final Bank ENGLISH = new Bank(BankTexts.of("en"), new HashingEmbedder());

  @ParameterizedTest
  @MethodSource
  void theyAreFound(String said) {
    assertThat(ENGLISH.dangers(ENGLISH.vocabulary().read(said))).isNotEmpty();
  }

  static Stream<String> theyAreFound() {
    return TextLine.of("grave.txt").stream().map(TextLine::text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "she's an idiot sometimes, my cat",
        "i look like my grandmother in this dress",
        "we met an old friend for lunch",
        "the teacher gave us homework again",
        "i drove for an hour to see the sea",
        "i climbed the stairs twice",
        "we lost the match",
        "the phone rang twice",
        "i took the bus home",
        "my son came home late and happy",
        "i sent him the money for the tickets",
        "the dog ate his dinner",
        "i burned the toast",
        "he called me on sunday",
        "i laughed so much",
        "the ice cream was good",
        "i had a coffee this morning",
        "we walked along the lake",
        "they won the cup",
        "i was awake early",
        "i don't know whether to send it"
      })
  void whatOnlyHasTheirWordsIsNot(String said) {
    assertThat(ENGLISH.dangers(ENGLISH.vocabulary().read(said))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "I am worthless and everybody knows it",
        "my stepdad drove me to school",
        "they beat us all evening",
        "my weight is under 50 kilos now",
        "she found me drunk in the garden"
      })
  void noGraveWordIsSaidBack(String said) {
    assertThat(new Mirror(ENGLISH.vocabulary()).of(ENGLISH.vocabulary().read(said))).isEmpty();
  }
}
