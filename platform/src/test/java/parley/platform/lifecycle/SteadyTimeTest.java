package parley.platform.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import parley.testing.HeldClock;

class SteadyTimeTest {
  private final HeldClock clock = HeldClock.at("2026-03-01T12:00:00Z");
  private final AtomicLong nanos = new AtomicLong(-5);
  private final SteadyTime steady = new SteadyTime(clock, nanos::get);

  @Test
  void aClockThatIsSetForwardOrBackMovesItNot() {
    Instant before = steady.instant();

    clock.pass(Duration.ofHours(1));
    assertThat(steady.instant()).isEqualTo(before);
    clock.pass(Duration.ofHours(-2));
    assertThat(steady.instant()).isEqualTo(before);
  }

  @Test
  void itGoesOnAsTimeGoesOn() {
    Instant before = steady.instant();

    nanos.addAndGet(Duration.ofSeconds(90).toNanos());

    assertThat(Duration.between(before, steady.instant())).isEqualTo(Duration.ofSeconds(90));
  }
}
