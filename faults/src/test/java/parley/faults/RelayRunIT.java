package parley.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parley.faults.check.Promise;
import parley.faults.check.Verdict;
import parley.faults.inject.FaultKind;
import parley.faults.inject.FaultPlan;
import parley.faults.inject.Injection;
import parley.faults.machine.FaultMachine;
import parley.faults.machine.Store;
import parley.testing.Counts;

/// The short form of `./parley faults relay`.
class RelayRunIT {
  private static final Duration LONG = Duration.ofSeconds(90);

  @TempDir Path folder;

  static Stream<Store.Kind> stores() {
    return Stream.of(Store.Kind.REPLICATED, Store.Kind.SINGLE).limit(Counts.of(1, 2));
  }

  @ParameterizedTest
  @MethodSource("stores")
  void nothingIsLostDoubledOrReorderedUnderFaults(Store.Kind store) throws Exception {
    RelayRun.Plan plan =
        new RelayRun.Plan(
            Counts.of(10, 60),
            Duration.ofMillis(600),
            Duration.ofSeconds(Counts.of(12, 90)),
            Duration.ofSeconds(2),
            Counts.of(0, 1) == 0 ? threeFaults() : FaultPlan.draw(4, FaultKind.of(store), LONG));

    Verdict verdict;
    try (FaultMachine machine =
        FaultMachine.start(store, folder.resolve("machine"), FaultMachine.Nodes.USUAL)) {
      Path histories = Files.createDirectories(folder.resolve("histories"));
      verdict = new RelayRun(machine, histories).perform(plan, Promise.KEPT);
    }

    System.out.println(plan.faults() + "\n" + verdict);
    assertThat(verdict.holds()).as("%s", verdict).isTrue();
    assertThat(verdict.tally().acknowledged()).isGreaterThan(100);
  }

  private static FaultPlan threeFaults() {
    Duration second = Duration.ofSeconds(1);
    return new FaultPlan(
        4,
        List.of(
            new Injection(second, FaultKind.KILL_NODE, second, 0),
            new Injection(second, FaultKind.CUT_STORE, second, 0),
            new Injection(second, FaultKind.FAIL_OVER, second, 0)));
  }
}
