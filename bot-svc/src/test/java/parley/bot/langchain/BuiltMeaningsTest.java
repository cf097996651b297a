package parley.bot.langchain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.bot.core.bank.BankTexts;
import parley.bot.core.port.Embedder;

class BuiltMeaningsTest {
  /// The probe alone: nothing may be left to learn when a node starts.
  @ParameterizedTest
  @ValueSource(strings = {"en", "de"})
  void theBuildHasLearntEveryPhrasing(String language) throws IOException {
    List<String> texts = BankTexts.of(language).meant();
    byte[] file;
    try (InputStream in =
        getClass().getResourceAsStream("/parley/bot/bank/" + language + "/meanings")) {
      assertThat(in).as("the file that the build writes").isNotNull();
      file = in.readAllBytes();
    }
    Embedder lastResort = _ -> new float[0];
    assertThat(KnownMeanings.unchecked(file, lastResort))
        .satisfies(
            known -> {
              assertThat(known.size()).isEqualTo(texts.size());
              assertThat(texts).allSatisfy(text -> assertThat(known.embed(text)).hasSize(384));
            });
  }
}
