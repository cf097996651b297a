package parley.bot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.bot.Rehearsal.Transcript;
import parley.bot.core.conduct.Conduct;
import parley.bot.core.conduct.Reviewed;
import parley.bot.core.conduct.Tongue;

/// Whole conversations with the companion as it is shipped. `target/talks` gets them, to be read:
/// whether they are good no test can tell.
class TalksIT {
  private static final Path FOLDER = Path.of("target/talks");
  private static final int LONGEST = 300;

  @ParameterizedTest
  @CsvSource({"en, en", "en, en-more", "de, de"})
  void nothingIsSaidTwiceOrAgainstTheRules(String language, String file) throws IOException {
    List<Transcript> talks = new Rehearsal(language).play("talks/" + file + ".txt");
    Files.createDirectories(FOLDER);
    Files.writeString(
        FOLDER.resolve(file + ".txt"),
        talks.stream().map(Transcript::toString).collect(Collectors.joining("\n")));

    Conduct conduct = Conduct.load();
    Tongue tongue = Tongue.of(List.of(language));
    for (Transcript talk : talks) {
      assertThat(talk.found())
          .as(talk.toString())
          .doesNotHaveDuplicates()
          .allSatisfy(
              line -> {
                assertThat(line).isNotBlank().hasSizeLessThan(LONGEST).doesNotContain("{", "}");
                assertThat(conduct.review(line, tongue)).isEqualTo(new Reviewed.Say(line));
              });
      assertThat(questions(talk)).as(talk.toString()).doesNotHaveDuplicates();
    }
  }

  /// The last question of each line.
  private static List<String> questions(Transcript talk) {
    return talk.found().stream()
        .filter(line -> line.endsWith("?"))
        .map(line -> line.replaceFirst("^.*[.!?…] ", "").toLowerCase(Locale.ROOT))
        .toList();
  }
}
