package parley.faults.matching;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import parley.faults.matching.check.MatchingChecker;
import parley.faults.matching.check.MatchingVerdict;
import parley.faults.runs.SeededRuns;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Matching under faults, one machine for each seed.
@Command(
    name = "matching",
    mixinStandardHelpOptions = true,
    description = "People look for people while match nodes and Redis are broken.")
public final class MatchingCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  @Mixin private SeededRuns runs = new SeededRuns();

  @Option(names = "--people", defaultValue = "300", description = "${DEFAULT-VALUE}")
  private int people;

  @Option(
      names = "--tickets",
      defaultValue = "1000000",
      description = "Until so many were asked for, at most (${DEFAULT-VALUE}).")
  private int tickets;

  @Option(
      names = "--only",
      split = ",",
      description = "Only these faults, of ${COMPLETION-CANDIDATES}; all by default.")
  private @Nullable Set<MatchFault> only;

  @Option(
      names = "--check",
      paramLabel = "FILE",
      description = "Only checks the history of an earlier run once more.")
  private @Nullable Path check;

  @Override
  public Integer call() {
    if (check != null) {
      MatchingVerdict verdict = MatchingChecker.check(Chronicle.read(check));
      System.out.println(verdict);
      return verdict.holds() ? 0 : 1;
    }
    return runs.each(this::run);
  }

  private boolean run(long one) {
    MatchingRun.Plan plan =
        new MatchingRun.Plan(
            one,
            people,
            tickets,
            runs.busy(),
            PATIENCE,
            runs.store(),
            runs.clean() ? Set.of() : only == null ? MatchFault.of(runs.store()) : only);
    long began = System.nanoTime();
    MatchingVerdict verdict = MatchingRun.perform(plan, runs.folder("matching", one), List.of());
    System.out.printf(
        "seed %d, %s, %d s: %s%n",
        one, runs.store(), Duration.ofNanos(System.nanoTime() - began).toSeconds(), verdict);
    return verdict.holds();
  }
}
