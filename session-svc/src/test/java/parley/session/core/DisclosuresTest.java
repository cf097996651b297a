package parley.session.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.domain.TalkerKind;
import parley.relay.WatchRule;

class DisclosuresTest {
  private final Disclosures disclosures = Disclosures.load();

  @Test
  void theFirstLanguageThatIsKnownIsTaken() {
    assertThat(text("", "x-klingon", "de-AT", "fr")).isEqualTo(text("", "de"));
    assertThat(text("", "PT-br")).isEqualTo(text("", "pt"));
    assertThat(text("", "de")).isNotEqualTo(text("", "fr"));
  }

  @Test
  void whoSpeaksNoneOfThemReadsEnglish() {
    assertThat(text("")).startsWith("You are talking with an AI");
    assertThat(text("", "eo")).isEqualTo(text(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "de", "fr", "es", "pt", "it", "pl", "tr", "ru", "ar"})
  void whoGetsTheWordsIsNamedInEveryLanguage(String language) {
    assertThat(text("Example $1 AI", language))
        .contains("Example $1 AI")
        .doesNotContain("{provider}");
    assertThat(text("", language)).doesNotContain("{provider}").isNotEqualTo(text("x", language));
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "de", "fr", "es", "pt", "it", "pl", "tr", "ru", "ar"})
  void theBuiltInCompanionIsCalledWhatItIsInEveryLanguage(String language) {
    String builtIn = text(TalkerKind.BUILT_IN, "", language);
    String house = text("", language);
    assertThat(builtIn).hasSizeGreaterThan(house.length()).isNotEqualTo(text("x", language));
    // Where the words go is said in the same words.
    String stays = house.substring(house.indexOf(". ") + 2);
    assertThat(builtIn).endsWith(stays);
  }

  @Test
  void whoGetsTheWordsIsNamedWhateverItTalksBy() {
    assertThat(text(TalkerKind.BUILT_IN, "Wolke", "de")).isEqualTo(text("Wolke", "de"));
  }

  @Test
  void theGraceOfAnAiIsWhatEverythingTogetherTakes() {
    assertThat(patience(Duration.ofSeconds(5))).isEqualTo(Duration.ofSeconds(2));
    assertThat(patience(Duration.ofSeconds(1))).isEqualTo(Duration.ofMillis(1));
  }

  private static Duration patience(Duration grace) {
    Duration second = Duration.ofSeconds(1);
    WatchRule rule = new WatchRule(second, second, second, second, second, second, 1);
    return new PresenceTimes(
            second, Duration.ofSeconds(2), grace, second, Duration.ofMillis(500), rule)
        .aiPatience();
  }

  private String text(String provider, String... languages) {
    return text(TalkerKind.MODEL, provider, languages);
  }

  private String text(TalkerKind talker, String provider, String... languages) {
    return disclosures.text(new AiPeer(List.of(languages), talker, provider));
  }
}
