package parley.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.faults.check.Tally;
import parley.faults.check.Verdict;
import parley.faults.inject.FaultKind;
import parley.faults.inject.FaultPlan;
import parley.faults.inject.Injection;

class ResultPageTest {
  @TempDir Path folder;

  @Test
  void aRowStandsBelowTheLastAndBeforeWhatFollowsTheTable() throws IOException {
    Path file = folder.resolve("page.md");
    ResultPage page = new ResultPage(file);

    page.add(run(1, 0));
    Files.writeString(
        file,
        "\nWhat was learnt.\n\n| another | table |\n",
        java.nio.file.StandardOpenOption.APPEND);
    page.add(run(2, 0));

    List<String> lines = Files.readAllLines(file);
    int first = rowOf(lines, 1);
    assertThat(rowOf(lines, 2)).isEqualTo(first + 1);
    assertThat(lines.subList(first + 2, lines.size()))
        .containsExactly("", "What was learnt.", "", "| another | table |");
  }

  @Test
  void whatWasLostIsCountedWhereThatIsNoViolation() throws IOException {
    Path file = folder.resolve("page.md");

    new ResultPage(file).add(run(3, 17));

    List<String> lines = Files.readAllLines(file);
    assertThat(lines.get(rowOf(lines, 3)))
        .endsWith(
            "| 20 | 1 FAIL_OVER | 900 / 2000 | 800 | 17 | 0 | 0 | 0 | {LOG_DIVERGED=4} | 61 s |");
  }

  private static int rowOf(List<String> lines, int seed) {
    return lines.stream().map(line -> line.contains(" | " + seed + " | ")).toList().indexOf(true);
  }

  private static ResultPage.Run run(long seed, long lost) {
    Duration second = Duration.ofSeconds(1);
    FaultPlan faults =
        new FaultPlan(seed, List.of(new Injection(second, FaultKind.FAIL_OVER, second, 0)));
    Tally tally = new Tally(20, 900, 2_000, 800, lost, 0, 0, 0, 0, Map.of("LOG_DIVERGED", 4L));
    return new ResultPage.Run(
        new RelayRun.Plan(20, second, second, second, faults),
        "REPLICATED",
        new Verdict(tally, List.of()),
        Duration.ofSeconds(61));
  }
}
