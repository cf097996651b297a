package parley.session.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final Instant START = Instant.ofEpochSecond(1_800_000_000);

  private final Pace pace = new Pace(SessionLimits.DEFAULTS, START);

  @Test
  void twentyAtOnceThenFiveASecond() {
    for (int i = 0; i < 20; i++) {
      assertThat(pace.take(START)).isEmpty();
    }
    assertThat(pace.take(START)).contains(Duration.ofMillis(200));
    assertThat(pace.take(START.plusMillis(199))).isPresent();
    for (int i = 0; i < 5; i++) {
      assertThat(pace.take(START.plusMillis(1_000).plusMillis(i))).isEmpty();
    }
    assertThat(pace.take(START.plusMillis(1_005))).isPresent();
  }

  @Test
  void whoWaitedLongHasNoMoreThanTheBurst() {
    Instant later = START.plusSeconds(3_600);
    for (int i = 0; i < 20; i++) {
      assertThat(pace.take(later)).isEmpty();
    }
    assertThat(pace.take(later)).isPresent();
  }

  @Test
  void aClockThatStepsBackGivesNothingAndTakesNothing() {
    for (int i = 0; i < 20; i++) {
      pace.take(START);
    }
    assertThat(pace.take(START.minusSeconds(60))).contains(Duration.ofMillis(200));
    assertThat(pace.take(START.minusSeconds(60).plusMillis(200))).isEmpty();
  }
}
