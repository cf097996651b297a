package parley.bot.core.bank;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntroductionsTest {
  private static final Vocabulary ENGLISH = Vocabulary.of("en");

  @ParameterizedTest
  @CsvSource({
    "I'm Karen., my name is Karen",
    "Hello! I am Ivan, my name is Ivan",
    "call me Jo, my name is Jo"
  })
  void whoSaysTheirNameIsIntroduced(String said, String introduced) {
    assertThat(ENGLISH.introduced(ENGLISH.read(said))).contains(introduced);
  }

  @ParameterizedTest
  @ValueSource(strings = {"I'm Polish", "I'm fine", "I'm tired.", "Am I Karen?", "Karen", ""})
  void othersAreNot(String said) {
    assertThat(ENGLISH.introduced(ENGLISH.read(said))).isEmpty();
  }
}
