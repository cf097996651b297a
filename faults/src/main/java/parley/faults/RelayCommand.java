package parley.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import parley.backing.NotStarted;
import parley.faults.check.Promise;
import parley.faults.check.Verdict;
import parley.faults.inject.FaultKind;
import parley.faults.inject.FaultPlan;
import parley.faults.machine.FaultMachine;
import parley.faults.machine.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Conversations under faults, one machine for each seed.
@Command(
    name = "relay",
    mixinStandardHelpOptions = true,
    description = "Conversations while nodes, Redis and connections are broken.")
final class RelayCommand implements Callable<Integer> {
  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Of the first run (${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--seeds", defaultValue = "1", description = "How many runs (${DEFAULT-VALUE}).")
  private int seeds;

  @Option(names = "--conversations", defaultValue = "200", description = "${DEFAULT-VALUE}")
  private int conversations;

  @Option(names = "--minutes", defaultValue = "3", description = "Of talking (${DEFAULT-VALUE}).")
  private double minutes;

  @Option(
      names = "--thinks",
      defaultValue = "4",
      description = "Seconds between two deeds of a member, on average (${DEFAULT-VALUE}).")
  private double thinks;

  @Option(
      names = "--store",
      defaultValue = "REPLICATED",
      description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
  private Store.Kind store = Store.Kind.REPLICATED;

  @Option(
      names = "--only",
      split = ",",
      description = "Only these faults, of ${COMPLETION-CANDIDATES}; all by default.")
  private @Nullable Set<FaultKind> only;

  @Option(
      names = "--without-wait",
      description = "Replicas are not waited for: what a failover loses must be told.")
  private boolean withoutWait;

  @Option(names = "--clean", description = "No fault at all.")
  private boolean clean;

  @Option(
      names = "--keep",
      paramLabel = "DIR",
      defaultValue = "target/faults",
      description = "Where histories and logs go, a folder for each seed (${DEFAULT-VALUE}).")
  private Path keep = Path.of("target/faults");

  @Option(names = "--results", paramLabel = "FILE", description = "A page to which a row is added.")
  private @Nullable Path results;

  @Override
  public Integer call() {
    int broken = 0;
    for (long one = seed; one < seed + seeds; one++) {
      try {
        broken += run(one) ? 0 : 1;
      } catch (NotStarted | UncheckedIOException sentence) {
        System.err.println("parley: " + sentence.getMessage());
        return 2;
      }
    }
    System.out.println(seeds + " runs, " + broken + " with violations");
    return broken == 0 ? 0 : 1;
  }

  private boolean run(long one) {
    Path folder = empty(keep.resolve(store.name().toLowerCase(Locale.ROOT) + "-" + one));
    System.setProperty("parley.log", folder.resolve("parley.log").toString());
    Duration talks = Duration.ofMillis((long) (minutes * 60_000));
    FaultPlan faults = clean ? FaultPlan.none(one) : FaultPlan.draw(one, kinds(), talks);
    System.out.println(faults);
    RelayRun.Plan plan =
        new RelayRun.Plan(
            conversations,
            Duration.ofMillis((long) (thinks * 1_000)),
            talks,
            Duration.ofSeconds(5),
            faults);
    Promise promise = withoutWait ? Promise.TOLD : Promise.KEPT;
    long began = System.nanoTime();
    Verdict verdict;
    try (FaultMachine machine = FaultMachine.start(store, folder.resolve("machine"), nodes())) {
      verdict = new RelayRun(machine, folder).perform(plan, promise);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    System.out.println(verdict);
    System.out.println("took " + took.toSeconds() + " s; histories are in " + folder + "\n");
    if (results != null) {
      new ResultPage(results).add(plan, store, verdict, took);
    }
    return verdict.holds();
  }

  private FaultMachine.Nodes nodes() {
    return withoutWait
        ? new FaultMachine.Nodes(List.of(), Map.of("redis.replicas-required", "0"))
        : FaultMachine.Nodes.USUAL;
  }

  private Set<FaultKind> kinds() {
    return only == null ? FaultKind.of(store) : only;
  }

  private static Path empty(Path folder) {
    try {
      if (Files.exists(folder.resolve("run.jsonl"))) {
        throw new NotStarted(folder + " holds an earlier run: remove it, or choose with --keep");
      }
      return Files.createDirectories(folder).toAbsolutePath().normalize();
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }
}
