package parley.faults.runs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongPredicate;
import parley.backing.NotStarted;
import parley.faults.machine.Store;
import picocli.CommandLine.Option;

/// What all runs under faults can be told, and their course: one run for each seed, each in a
/// folder of its own.
public final class SeededRuns {
  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Of the first run (${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--seeds", defaultValue = "1", description = "How many runs (${DEFAULT-VALUE}).")
  private int seeds;

  @Option(
      names = "--minutes",
      defaultValue = "3",
      description = "Of being busy (${DEFAULT-VALUE}).")
  private double minutes;

  @Option(
      names = "--store",
      defaultValue = "REPLICATED",
      description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
  private Store.Kind store = Store.Kind.REPLICATED;

  @Option(names = "--clean", description = "No fault at all.")
  private boolean clean;

  @Option(
      names = "--keep",
      paramLabel = "DIR",
      defaultValue = "target/faults",
      description = "Where histories and logs go, a folder for each seed (${DEFAULT-VALUE}).")
  private Path keep = Path.of("target/faults");

  public Duration busy() {
    return Duration.ofMillis((long) (minutes * 60_000));
  }

  public Store.Kind store() {
    return store;
  }

  public boolean clean() {
    return clean;
  }

  /// Runs all seeds, and tells how many broke a promise, or why one could not begin.
  ///
  /// @param run true if the run of that seed broke none
  /// @return the exit code: 0 none broke one, 1 some did, 2 one could not begin
  public int each(LongPredicate run) {
    int broken = 0;
    for (long one = seed; one < seed + seeds; one++) {
      try {
        broken += run.test(one) ? 0 : 1;
      } catch (NotStarted | UncheckedIOException sentence) {
        System.err.println("parley: " + sentence.getMessage());
        return 2;
      }
    }
    System.out.println(seeds + " runs, " + broken + " with violations");
    return broken == 0 ? 0 : 1;
  }

  /// An empty folder for the run of a seed.
  ///
  /// @throws NotStarted if an earlier run has left something there
  public Path folder(String kind, long one) {
    String name = kind + "-" + store.name().toLowerCase(Locale.ROOT) + "-" + one;
    try {
      Path folder = Files.createDirectories(keep.resolve(name).toAbsolutePath().normalize());
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
        if (files.iterator().hasNext()) {
          throw new NotStarted(folder + " holds an earlier run: remove it, or choose with --keep");
        }
      }
      return folder;
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }
}
