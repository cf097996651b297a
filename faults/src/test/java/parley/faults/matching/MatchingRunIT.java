package parley.faults.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.faults.machine.Store;
import parley.faults.matching.check.MatchingVerdict;
import parley.testing.Counts;

/// The short form of `./parley faults matching`.
class MatchingRunIT {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Store.Kind.class)
  void nobodyIsPairedWronglyLostOrForgottenUnderFaults(Store.Kind store) throws Exception {
    MatchingRun.Plan plan =
        new MatchingRun.Plan(
            5,
            Counts.of(100, 300),
            Integer.MAX_VALUE,
            Duration.ofSeconds(Counts.of(18, 240)),
            Pace.SHORT,
            Duration.ofSeconds(8),
            Duration.ofMillis(2_500),
            store,
            MatchFault.of(store));

    MatchingVerdict verdict =
        MatchingRun.perform(plan, Files.createDirectories(folder.resolve("run")), List.of());

    System.out.println(store + ": " + verdict);
    assertThat(verdict.holds()).as("%s", verdict).isTrue();
    assertThat(verdict.met()).isGreaterThan(20);
  }
}
