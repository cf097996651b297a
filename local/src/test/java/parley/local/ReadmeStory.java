package parley.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.chat.ChatMain;

/// What the README tells a newcomer to type works as it stands there.
class ReadmeStory {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern COMMAND = Pattern.compile("\\./parley ([a-z]+)");
  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
  private static final Pattern PIPED = Pattern.compile("echo \"(.*)\" \\| ./parley chat (.*)");

  @TempDir Path folder;

  @Test
  void everyCommandIsOneThatTheLauncherKnows() throws Exception {
    String help = run(List.of("bash", "parley", "help"));
    assertThat(COMMAND.matcher(readme()).results().map(found -> found.group(1)).distinct())
        .isNotEmpty()
        .allSatisfy(command -> assertThat(help).contains("./parley " + command));
  }

  @Test
  void twoCopiesOfItsLineForScriptsMeet() throws Exception {
    MatchResult line =
        BLOCK
            .matcher(readme())
            .results()
            .flatMap(block -> PIPED.matcher(block.group(1)).results())
            .findFirst()
            .orElseThrow(() -> new AssertionError("the README pipes no words into a chat"));
    String words = line.group(1);
    List<String> options = new ArrayList<>(Arrays.asList(line.group(2).strip().split(" +")));
    try (LocalMachine machine = LocalMachine.start(MachinePlan.usual(folder, 0), Progress.SILENT)) {
      options.addAll(List.of("--server", machine.door()));
      Process one = chat(options, words);
      Process other = chat(options, words);
      for (Process chat : List.of(one, other)) {
        String said = new String(chat.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(chat.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(said).contains("\"event\":\"matched\"").contains("\"text\":\"" + words + "\"");
        assertThat(chat.exitValue()).as("exit code after:%n%s", said).isZero();
      }
    }
  }

  private static Process chat(List<String> options, String words) throws IOException {
    Process chat =
        new ProcessBuilder(NodeProcess.jvm(ChatMain.class, options.toArray(String[]::new)))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var input = chat.getOutputStream()) {
      input.write((words + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return chat;
  }

  private static String readme() throws IOException {
    return Files.readString(ROOT.resolve("README.md"));
  }

  private static String run(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).directory(ROOT.toFile()).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return said;
  }
}
