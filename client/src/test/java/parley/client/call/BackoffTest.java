package parley.client.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BackoffTest {
  @Test
  void theCeilingDoublesFromAQuarterOfASecondToTenSeconds() {
    RandomGenerator most = new Most();
    Backoff backoff =
        new Backoff(
            ClientTimes.DEFAULTS.firstBackoff(), ClientTimes.DEFAULTS.longestBackoff(), most);
    for (long millis : new long[] {250, 500, 1000, 2000, 4000, 8000, 10_000, 10_000}) {
      assertThat(backoff.next()).isEqualTo(Duration.ofMillis(millis));
    }
    backoff.reset();
    assertThat(backoff.next()).isEqualTo(Duration.ofMillis(250));
    assertThat(backoff.tries()).isEqualTo(1);
  }

  @Test
  void waitsAreSpreadOverAllThatIsBelowTheCeiling() {
    Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1), new Random(7));
    double mean = 0;
    for (int i = 0; i < 10_000; i++) {
      mean += backoff.next().toNanos() / 1e9 / 10_000;
    }
    assertThat(mean).isBetween(0.48, 0.52);
  }

  /// Draws the most that may be drawn.
  private static final class Most implements RandomGenerator {
    @Override
    public long nextLong() {
      return Long.MAX_VALUE;
    }

    @Override
    public long nextLong(long bound) {
      return bound - 1;
    }
  }
}
