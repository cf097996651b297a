package parley.bot.core.conduct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TongueTest {
  @Test
  void theFirstSupportedLanguageIsSpoken() {
    assertThat(Tongue.of(List.of("ja", "de-AT", "en-US"))).isEqualTo(new Tongue("de", "AT"));
    assertThat(Tongue.of(List.of("fr"))).isEqualTo(new Tongue("fr", ""));
  }

  @Test
  void englishIsSpokenToEverybodyElse() {
    assertThat(Tongue.of(List.of("ja"))).isEqualTo(new Tongue("en", ""));
    assertThat(Tongue.of(List.of())).isEqualTo(new Tongue("en", ""));
    assertThat(Tongue.of(List.of("", "x!"))).isEqualTo(new Tongue("en", ""));
  }

  @Test
  void aRegionComesFromATagOfThatLanguageAlone() {
    assertThat(Tongue.of(List.of("pl", "en-US"))).isEqualTo(new Tongue("pl", ""));
    assertThat(Tongue.of(List.of("de", "de-CH"))).isEqualTo(new Tongue("de", "CH"));
    assertThat(Tongue.of(List.of("es-419"))).isEqualTo(new Tongue("es", ""));
  }

  @Test
  void onlyWhatFilesAreWrittenInIsATongue() {
    assertThatThrownBy(() -> new Tongue("xx", "")).hasMessageContaining("language is 'xx'");
    assertThatThrownBy(() -> new Tongue("en", "us")).hasMessageContaining("region is 'us'");
  }

  @Test
  void turnsCountFromOne() {
    assertThatThrownBy(() -> new Speech("hi", new Tongue("en", ""), 0))
        .hasMessage("turn is 0, expected 1 or more");
  }
}
