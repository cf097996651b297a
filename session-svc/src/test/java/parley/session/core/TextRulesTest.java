package parley.session.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextRulesTest {
  private final TextRules rules = new TextRules(SessionLimits.DEFAULTS);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hi",
        "two\nlines",
        "a\ttab",
        "\u05e9\u05dc\u05d5\u05dd",
        "\uD83D\uDC69\u200D\uD83D\uDE80",
        " x "
      })
  void wordsOfAnyScriptAreTaken(String text) {
    assertThat(rules.refuse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\n\t",
        "\u0000",
        "bell\u0007",
        "cr\r",
        "esc\u001b[2J",
        "c1\u009b",
        "\u202eevil",
        "\u2066x\u2069"
      })
  void whatHidesOrOverridesWordsIsNot(String text) {
    assertThat(rules.refuse(text)).contains(new Outcome.NotPlainText());
  }

  @Test
  void lengthIsCountedInCodePointsAndInBytes() {
    Optional<Outcome> tooLong = Optional.of(new Outcome.TooLong(4_000, 16_384));

    assertThat(rules.refuse("\uD83D\uDE00".repeat(4_000))).isEmpty();
    assertThat(rules.refuse("x".repeat(4_000))).isEmpty();
    assertThat(rules.refuse("x".repeat(4_001))).isEqualTo(tooLong);
    TextRules narrow =
        new TextRules(
            new SessionLimits(
                4_000,
                10,
                1,
                1,
                SessionLimits.DEFAULTS.heartbeatEvery(),
                SessionLimits.DEFAULTS.acknowledgeEvery(),
                SessionLimits.DEFAULTS.maxAge(),
                SessionLimits.DEFAULTS.enterWithin(),
                1));
    assertThat(narrow.refuse("\u00e4".repeat(5))).isEmpty();
    assertThat(narrow.refuse("\u00e4".repeat(6))).contains(new Outcome.TooLong(4_000, 10));
  }
}
