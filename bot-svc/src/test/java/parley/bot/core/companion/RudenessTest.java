package parley.bot.core.companion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RudenessTest {
  private final Rudeness rudeness = Rudeness.load();

  /// The scores are those of `predict_prob` in alt-profanity-check 1.9.1.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1.000|you are a stupid idiot",
        "0.918|i want to kill you",
        "0.947|go kill yourself",
        "0.890|do you want to have sex",
        "0.537|damn this soup is great",
        "0.246|send nudes",
        "0.951|hell yeah",
        "0.048|my cat died",
        "1.000|You're a bitch, bossy",
        "0.997|shut up, you are ugly",
        "0.009|That sounds lovely! What did you cook?",
        "0.082|How was your day?",
        "0.987|what a crap idea",
        "0.784|I hate rain, it is so ugly and dark.",
        "0.044|Tell me more about your sister."
      })
  void aTextScoresAsInPython(double expected, String text) {
    assertThat(rudeness.of(text)).isCloseTo(expected, within(0.05));
  }

  @ParameterizedTest
  @CsvSource({"''", "?!", "zxcvqw qwerzxcv"})
  void whatHoldsNoKnownWordIsHarmless(String text) {
    assertThat(rudeness.of(text)).isLessThan(0.1);
  }
}
