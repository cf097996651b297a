package parley.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatOptionsTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--born|19x0|four digits",
        "--born|1620|four digits",
        "--born|2999|four digits",
        "--as|cat|woman, man, nonbinary or unstated",
        "--seeking|cat|woman, man, nonbinary or unstated",
        "--ai|maybe|meanwhile, instead or never",
        "--relax-to|far|tags, language or anyone",
        "--seeking|unstated|anyone, or some of",
        "--tags|1,2,3,4,5,6,7,8,9,10,11|at most 10",
        "--languages|english language|at most 4 such as en",
        "--face|carrier pigeon|grpc or web",
        "--wait|soon|a number like 30",
        "--linger|-1|a number like 30",
        "--server|localhost|HOST:PORT",
        "--server|host:99999|HOST:PORT",
      })
  void aBadOptionIsASentenceAndTwo(String option, String value, String expected) {
    assertThat(run("--json", option, value)).isEqualTo(2);
    String sentence = err.toString(StandardCharsets.UTF_8);
    assertThat(sentence).contains("'" + value + "'").contains(expected).hasLineCount(1);
    assertThat(out.size()).isZero();
  }

  @Test
  void aScriptMustSayTheYearOfBirth() {
    assertThat(run("--json")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("--born is missing");
  }

  @Test
  void anUnknownOptionIsTwo() {
    assertThat(run("--jsn")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("--jsn");
  }

  @Test
  void helpListsTheOptionsAndTheExitCodes() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("--seeking", "--ai", "meanwhile|instead|never", "--linger", "3 nobody came");
  }

  private int run(String... args) {
    return ChatProgram.run(
        args,
        new Streams(
            InputStream.nullInputStream(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8)));
  }
}
