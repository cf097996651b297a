package parley.faults.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parley.faults.machine.Store;
import parley.faults.matching.check.MatchingVerdict;
import parley.testing.Counts;

/// The checker is worth what it catches. A usual build tries the first of them.
class PlantedMatchingBugsIT {
  private static final long SEED = 4;

  @TempDir Path folder;

  static Stream<MatchPlant> plants() {
    return Stream.of(MatchPlant.values()).limit(Counts.of(4, MatchPlant.values().length));
  }

  @ParameterizedTest
  @MethodSource("plants")
  void aPlantedBugIsCaught(MatchPlant plant) throws IOException {
    Path scripts = Files.createDirectories(folder.resolve("scripts"));
    plant.plant(scripts);
    MatchingRun.Plan plan =
        new MatchingRun.Plan(
            SEED,
            plant.people(),
            plant.people() * Counts.of(7, 20),
            Duration.ofSeconds(90),
            Pace.SHORT,
            Duration.ofSeconds(2),
            Duration.ofMillis(2_500),
            Store.Kind.SINGLE,
            plant.faults());

    MatchingVerdict verdict =
        MatchingRun.perform(plan, Files.createDirectories(folder.resolve("run")), List.of(scripts));

    System.out.println(plant + ": " + verdict);
    assertThat(verdict.found(plant.caughtBy())).as("%s", verdict).isTrue();
  }
}
