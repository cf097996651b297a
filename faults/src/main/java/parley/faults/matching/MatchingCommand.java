package parley.faults.matching;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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

  @Option(
      names = "--people",
      defaultValue = "300",
      description = "How many look at once (${DEFAULT-VALUE}).")
  private int people;

  @Option(
      names = "--tickets",
      defaultValue = "1000000",
      description = "Until so many were asked for, at most (${DEFAULT-VALUE}).")
  private int tickets;

  @Option(
      names = "--between",
      defaultValue = "2.5",
      description = "Seconds from one fault to the next, at least (${DEFAULT-VALUE}).")
  private double between;

  @Option(
      names = "--slower",
      defaultValue = "1",
      description = "Makes the times of the contract so many times as long (${DEFAULT-VALUE}).")
  private double slower;

  @Option(names = "--results", paramLabel = "FILE", description = "A page to which a row is added.")
  private @Nullable Path results;

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

  private long asked;

  @Override
  public Integer call() {
    if (check != null) {
      MatchingVerdict verdict = Chronicle.judge(check);
      System.out.println(verdict);
      return verdict.holds() ? 0 : 1;
    }
    int code = runs.each(this::run);
    System.out.println(asked + " tickets in all");
    return code;
  }

  private boolean run(long one) {
    MatchingRun.Plan plan =
        new MatchingRun.Plan(
            one,
            people,
            tickets,
            runs.busy(),
            new Pace(slower),
            Duration.ofMillis((long) (slower * PATIENCE.toMillis())),
            Duration.ofMillis((long) (between * 1_000)),
            runs.store(),
            runs.clean() ? Set.of() : only == null ? MatchFault.of(runs.store()) : only);
    long began = System.nanoTime();
    MatchingVerdict verdict = MatchingRun.perform(plan, runs.folder("matching", one), List.of());
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    System.out.printf("seed %d, %s, %d s: %s%n", one, runs.store(), took.toSeconds(), verdict);
    if (results != null) {
      new MatchingPage(results).add(plan, verdict, took);
    }
    asked += verdict.tickets();
    return verdict.holds();
  }
}
