package parley.bot.core.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.bot.core.conduct.Conduct;
import parley.bot.core.conduct.Tongue;

class BankTextsTest {
  private static final Path FOLDER = Path.of("src/main/resources/parley/bot/bank");
  private static final Conduct CONDUCT = Conduct.load();
  private static final int LONGEST_FILE = 400;

  @ParameterizedTest
  @CsvSource({"en, 600", "de, 100"})
  void theTextsAreWithoutFaultAndEnough(String language, int atLeast) {
    List<Exchange> exchanges =
        BankTexts.of(language).checked(CONDUCT, Tongue.of(List.of(language))).exchanges();
    assertThat(exchanges.stream().filter(exchange -> !exchange.carriesOn()).count())
        .isGreaterThanOrEqualTo(atLeast);
    assertThat(exchanges.stream().anyMatch(Exchange::carriesOn)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "de"})
  void everyFileOfALanguageIsReadAndShort(String language) throws IOException {
    List<String> named = Files.readAllLines(FOLDER.resolve(language + "/files.txt"));
    try (Stream<Path> files = Files.list(FOLDER.resolve(language))) {
      assertThat(files.toList())
          .filteredOn(file -> !named.contains(file.getFileName().toString()))
          .extracting(file -> file.getFileName().toString())
          .containsExactlyInAnyOrder("feelings.txt", "files.txt", "ideas.txt", "words.txt");
    }
    for (String name : named) {
      assertThat(Files.readAllLines(FOLDER.resolve(language).resolve(name)))
          .as(name)
          .hasSizeLessThanOrEqualTo(LONGEST_FILE);
    }
  }

  @Test
  void aLanguageThatIsNotThereIsAFault() {
    assertThatThrownBy(() -> BankTexts.of("xx")).hasMessageContaining("bank/xx/files.txt");
  }
}
