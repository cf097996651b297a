package parley.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parley.faults.check.Verdict;
import parley.faults.inject.FaultPlan;
import parley.faults.machine.FaultMachine;
import parley.faults.machine.Store;
import parley.testing.Counts;

/// The checker is worth what it catches: session nodes with a bug each, and the same runs without
/// one, on one machine. A usual build tries the first of them.
class PlantedBugsIT {
  private static final int CONVERSATIONS = 16;

  @TempDir static Path folder;
  private static FaultMachine machine;

  @BeforeAll
  static void start() {
    machine =
        FaultMachine.start(
            Store.Kind.REPLICATED, folder.resolve("machine"), FaultMachine.Nodes.USUAL);
  }

  @AfterAll
  static void close() {
    machine.close();
  }

  static Stream<Plant> plants() {
    List<Plant> all = Plants.all();
    return all.stream().limit(Counts.of(1, all.size()));
  }

  @ParameterizedTest
  @MethodSource("plants")
  void aPlantedBugIsCaughtAndACleanRunRaisesNoAlarm(Plant plant) throws IOException {
    String name = plant.name().replace(' ', '-');
    machine.replaceNodes(plant.nodes(Files.createDirectories(folder.resolve(name + "-classes"))));
    RelayRun run = new RelayRun(machine, Files.createDirectories(folder.resolve(name)));

    Verdict verdict = run.perform(plan(plant), plant.setting().promise());

    System.out.println(plant + ": " + verdict);
    assertThat(verdict.tally().acknowledged()).as("%s", verdict).isGreaterThan(50);
    assertThat(verdict.holds()).as("%s", verdict).isEqualTo(plant.isClean());
  }

  private static RelayRun.Plan plan(Plant plant) {
    return new RelayRun.Plan(
        CONVERSATIONS,
        Duration.ofMillis(900),
        Duration.ofSeconds(5),
        plant.setting().calm(),
        new FaultPlan(plant.name().length(), plant.setting().faults()));
  }
}
