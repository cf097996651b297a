package parley.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A process that is told nonsense says all of it at once, and starts nothing.
class WrongConfigIT {
  @TempDir Path folder;

  /// @param limit a setting of the service that has a range
  @ParameterizedTest
  @CsvSource({
    "identity, tokens.access-life",
    "match, tickets.silence",
    "session, stream.max-age",
    "door, streams.idle"
  })
  void everyFaultIsSaidAtOnceAndNothingStarts(String service, String limit) throws Exception {
    Path config =
        Files.writeString(
            folder.resolve("wrong.yaml"),
            "node.id: Not An Id\nadmin.grpc: nowhere\nno.such-setting: 1\n" + limit + ": 900h\n");

    Ended ended = run(service, "--config", config.toString());

    assertThat(ended.exit()).as(ended.errors()).isEqualTo(2);
    assertThat(ended.errors().lines().filter(line -> line.startsWith(service + ": ")))
        .anyMatch(line -> line.contains("node.id is 'Not An Id', expected"))
        .anyMatch(line -> line.contains("admin.grpc is 'nowhere', expected host:port"))
        .anyMatch(line -> line.contains("redis.address is missing, expected host:port"))
        .anyMatch(line -> line.contains("auth.jwks is missing, expected a readable file"))
        .anyMatch(line -> line.contains(limit + " is '900h', expected a duration of"))
        .anyMatch(line -> line.contains("no.such-setting is unknown, expected one of"));
    assertThat(ended.words()).doesNotContain("ready");
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "match", "session", "door"})
  void aFileThatIsNotThereIsASentence(String service) throws Exception {
    Ended ended = run(service, "--config", folder.resolve("nothing.yaml").toString());

    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.errors()).contains("nothing.yaml', expected a readable file");
  }

  @Test
  void aServiceThatIsNoneIsToldWhichThereAre() throws Exception {
    Ended ended = run("nonsense", "--config", "any");

    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.errors()).contains("identity, match, session, bot, door");
  }

  private record Ended(int exit, String words, String errors) {}

  private static Ended run(String... arguments) throws Exception {
    List<String> command = new java.util.ArrayList<>(List.of("service"));
    command.addAll(List.of(arguments));
    Path errors = Files.createTempFile("parley-errors-", "");
    Process process =
        new ProcessBuilder(NodeProcess.jvm(LocalMain.class, command.toArray(String[]::new)))
            .redirectError(errors.toFile())
            .start();
    String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), words, Files.readString(errors));
  }
}
