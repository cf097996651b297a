package parley.faults.matching;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import parley.faults.machine.Store;
import parley.faults.matching.check.MatchingChecker;
import parley.faults.matching.check.MatchingVerdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Matching under faults, one machine for each seed.
@Command(
    name = "matching",
    mixinStandardHelpOptions = true,
    description = "People look for people while match nodes and Redis are broken.")
public final class MatchingCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Of the first run (${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--seeds", defaultValue = "1", description = "How many runs (${DEFAULT-VALUE}).")
  private int seeds;

  @Option(names = "--people", defaultValue = "300", description = "${DEFAULT-VALUE}")
  private int people;

  @Option(names = "--minutes", defaultValue = "10", description = "Of asking (${DEFAULT-VALUE}).")
  private double minutes;

  @Option(
      names = "--tickets",
      defaultValue = "1000000",
      description = "Until so many were asked for, at most (${DEFAULT-VALUE}).")
  private int tickets;

  @Option(
      names = "--store",
      defaultValue = "SINGLE",
      description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
  private Store.Kind store = Store.Kind.SINGLE;

  @Option(
      names = "--only",
      split = ",",
      description = "Only these faults, of ${COMPLETION-CANDIDATES}; all by default.")
  private @Nullable Set<MatchFault> only;

  @Option(names = "--clean", description = "No fault at all.")
  private boolean clean;

  @Option(
      names = "--keep",
      paramLabel = "DIR",
      defaultValue = "target/faults",
      description = "Where histories and logs go, a folder for each seed (${DEFAULT-VALUE}).")
  private Path keep = Path.of("target/faults");

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
    int broken = 0;
    for (long one = seed; one < seed + seeds; one++) {
      broken += run(one) ? 0 : 1;
    }
    System.out.println(seeds + " runs, " + broken + " with violations");
    return broken == 0 ? 0 : 1;
  }

  private boolean run(long one) {
    MatchingRun.Plan plan =
        new MatchingRun.Plan(
            one,
            people,
            tickets,
            Duration.ofMillis((long) (minutes * 60_000)),
            PATIENCE,
            store,
            clean ? Set.of() : only == null ? MatchFault.of(store) : only);
    long began = System.nanoTime();
    MatchingVerdict verdict = MatchingRun.perform(plan, folder(one), List.of());
    System.out.printf(
        "seed %d, %s, %d s: %s%n",
        one, store, Duration.ofNanos(System.nanoTime() - began).toSeconds(), verdict);
    return verdict.holds();
  }

  private Path folder(long one) {
    try {
      Path folder = keep.resolve("matching-" + store + "-" + one).toAbsolutePath();
      if (Files.exists(folder)) {
        throw new IllegalStateException(folder + " holds an earlier run: choose with --keep");
      }
      return Files.createDirectories(folder);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }
}
