package parley.faults;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import parley.faults.check.Promise;
import parley.faults.check.Verdict;
import parley.faults.inject.FaultKind;
import parley.faults.inject.FaultPlan;
import parley.faults.machine.FaultMachine;
import parley.faults.runs.SeededRuns;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Conversations under faults, one machine for each seed.
@Command(
    name = "relay",
    mixinStandardHelpOptions = true,
    description = "Conversations while nodes, Redis and connections are broken.")
final class RelayCommand implements Callable<Integer> {
  @Mixin private SeededRuns runs = new SeededRuns();

  @Option(names = "--conversations", defaultValue = "200", description = "${DEFAULT-VALUE}")
  private int conversations;

  @Option(
      names = "--thinks",
      defaultValue = "4",
      description = "Seconds between two deeds of a member, on average (${DEFAULT-VALUE}).")
  private double thinks;

  @Option(
      names = "--only",
      split = ",",
      description = "Only these faults, of ${COMPLETION-CANDIDATES}; all by default.")
  private @Nullable Set<FaultKind> only;

  @Option(
      names = "--without-wait",
      description = "Replicas are not waited for: what a failover loses must be told.")
  private boolean withoutWait;

  @Option(names = "--results", paramLabel = "FILE", description = "A page to which a row is added.")
  private @Nullable Path results;

  @Override
  public Integer call() {
    return runs.each(this::run);
  }

  private boolean run(long one) {
    Path folder = runs.folder("relay", one);
    System.setProperty("parley.log", folder.resolve("parley.log").toString());
    Duration talks = runs.busy();
    FaultPlan faults = runs.clean() ? FaultPlan.none(one) : FaultPlan.draw(one, kinds(), talks);
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
    try (FaultMachine machine =
        FaultMachine.start(runs.store(), folder.resolve("machine"), nodes())) {
      verdict = new RelayRun(machine, folder).perform(plan, promise);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    System.out.println(verdict);
    System.out.println("took " + took.toSeconds() + " s; histories are in " + folder + "\n");
    if (results != null) {
      String store = runs.store() + (withoutWait ? ", replicas not waited for" : "");
      new ResultPage(results).add(new ResultPage.Run(plan, store, verdict, took));
    }
    return verdict.holds();
  }

  private FaultMachine.Nodes nodes() {
    return withoutWait
        ? new FaultMachine.Nodes(List.of(), Map.of("redis.replicas-required", "0"))
        : FaultMachine.Nodes.USUAL;
  }

  private Set<FaultKind> kinds() {
    return only == null ? FaultKind.of(runs.store()) : only;
  }
}
