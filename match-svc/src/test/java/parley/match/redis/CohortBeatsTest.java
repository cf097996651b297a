package parley.match.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.domain.Cohort;
import parley.testing.Eventually;

class CohortBeatsTest {
  private final Map<Cohort, Integer> beaten = new ConcurrentHashMap<>();
  private final CountDownLatch answer = new CountDownLatch(1);
  private final Cohort stuck = Cohort.FROM_16;
  private volatile boolean isStuck;
  private final CohortBeats beats =
      new CohortBeats("match-1-beat", EnumSet.allOf(Cohort.class), this::beat);

  @AfterEach
  void end() throws InterruptedException {
    answer.countDown();
    beats.end();
  }

  @Test
  void aCohortThatIsStuckKeepsNoOtherWaiting() {
    beats.start(Duration.ofMillis(2));
    for (Cohort cohort : EnumSet.complementOf(EnumSet.of(stuck))) {
      Eventually.holds("it beats on in " + cohort, () -> beaten(cohort) >= 3);
    }
    assertThat(beaten(stuck)).isZero();
    answer.countDown();
    Eventually.holds("it beats on there, too", () -> beaten(stuck) >= 3);
  }

  @Test
  void howeverOftenABeatIsAskedForItIsOne() {
    beats.soon();
    Eventually.holds("one is stuck", () -> isStuck);
    for (int i = 0; i < 100; i++) {
      beats.soon();
    }
    answer.countDown();
    Eventually.holds("the one that was stuck, and one more", () -> beaten(stuck) >= 2);
    beats.soon();
    Eventually.holds("the next that is asked for", () -> beaten(stuck) >= 3);
    assertThat(beaten(stuck)).isLessThanOrEqualTo(3);
  }

  private int beaten(Cohort cohort) {
    return beaten.getOrDefault(cohort, 0);
  }

  private void beat(Cohort cohort) {
    if (cohort == stuck) {
      isStuck = true;
      try {
        answer.await();
      } catch (InterruptedException over) {
        Thread.currentThread().interrupt();
      }
    }
    beaten.merge(cohort, 1, Integer::sum);
  }
}
