package parley.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.backing.FreePort;

/// What the README tells a newcomer to type works as it stands there: its commands are taken from
/// its text and run by the launcher, in terminals. Only where they find each other is said beside.
class ReadmeStory {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern COMMAND = Pattern.compile("\\./parley ([a-z]+)");
  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)\n```", Pattern.DOTALL);
  private static final Pattern PIPED = Pattern.compile("echo \"(.*)\" \\|.*");

  @TempDir Path folder;

  @Test
  void everyCommandIsOneThatTheLauncherKnows() throws Exception {
    String help = said(List.of("bash", "parley", "help"), Map.of());
    assertThat(COMMAND.matcher(readme()).results().map(found -> found.group(1)).distinct())
        .isNotEmpty()
        .allSatisfy(command -> assertThat(help).contains("./parley " + command));
  }

  @Test
  void itsCommandsStartEverythingAndTwoWindowsMeet() throws Exception {
    List<String> commands =
        BLOCK.matcher(readme()).results().map(block -> block.group(1).strip()).toList();
    assertThat(commands).hasSize(3).noneMatch(command -> command.contains("\n"));
    Map<String, String> aside = aside();
    try (Console up = Console.run(commands.get(0), ROOT, aside).awaits("Ctrl-C stops all of it.")) {
      twoWindowsTalk(commands.get(1), aside);
      twoScriptsTalk(commands.get(2), aside);

      up.pressesCtrlC().awaits("stopped; the state is kept");
      up.end();
    }
  }

  private static void twoWindowsTalk(String command, Map<String, String> aside) {
    try (Console one = answered(Console.run(command, ROOT, aside));
        Console other = answered(Console.run(command, ROOT, aside))) {
      one.awaits("Somebody is here").types("who is there");
      other.awaits("who is there").types("it is me");
      one.awaits("it is me").types("/quit");
      other.awaits("Your peer has left").types("/quit");
      assertThat(one.end()).as("exit code after: %s", one.shown()).isZero();
      assertThat(other.end()).as("exit code after: %s", other.shown()).isZero();
    }
  }

  /// It asks what it must know.
  private static Console answered(Console chat) {
    return chat.awaits("Which year were you born?")
        .types("1990")
        .awaits("You are")
        .types("")
        .awaits("You look for")
        .types("")
        .awaits("What do you like?")
        .types("chess")
        .awaits("Which languages do you speak")
        .types("en")
        .awaits("Do you accept them?")
        .types("yes")
        .awaits("Welcome.");
  }

  private static void twoScriptsTalk(String command, Map<String, String> aside) throws Exception {
    MatchResult words = PIPED.matcher(command).results().findFirst().orElseThrow();
    Process one = start(List.of("bash", "-c", command), aside);
    Process other = start(List.of("bash", "-c", command), aside);
    for (Process chat : List.of(one, other)) {
      String said = said(chat);
      assertThat(said)
          .contains("\"event\":\"matched\"")
          .contains("\"text\":\"" + words.group(1) + "\"");
      assertThat(chat.exitValue()).as("exit code after:%n%s", said).isZero();
    }
  }

  /// Ports and a state folder of their own, so that another Parley on this machine is not met; and
  /// what is built already is taken as it is.
  private Map<String, String> aside() {
    int port = FreePort.any();
    return Map.of(
        "PARLEY_PORT",
        Integer.toString(port),
        "PARLEY_SERVER",
        "127.0.0.1:" + port,
        "PARLEY_STATE",
        folder.toString(),
        "PARLEY_BUILD",
        "never",
        "TERM",
        "dumb");
  }

  private static String readme() throws IOException {
    return Files.readString(ROOT.resolve("README.md"));
  }

  private static String said(List<String> command, Map<String, String> aside) throws Exception {
    Process process = start(command, aside);
    String said = said(process);
    assertThat(process.exitValue()).isZero();
    return said;
  }

  private static Process start(List<String> command, Map<String, String> aside) throws IOException {
    ProcessBuilder process =
        new ProcessBuilder(command)
            .directory(ROOT.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    process.environment().putAll(aside);
    return process.start();
  }

  private static String said(Process process) throws Exception {
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(Duration.ofSeconds(60))).isTrue();
    return said;
  }
}
