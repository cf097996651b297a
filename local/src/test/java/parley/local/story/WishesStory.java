package parley.local.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import parley.testing.Counts;
import parley.testing.Eventually;

class WishesStory {
  private static final int ARRIVALS = Counts.of(1_000, 4_000);
  private static final long SEED = 20_260_101;

  @Test
  void ofAThousandArrivalsNoPairBreaksAWishAndNobodyWaitsBesideSomebodyCompatible() {
    try (Crowd crowd =
        Crowd.arrive(
            SharedMachine.door(), ARRIVALS, SharedMachine.CROWD, new SplittableRandom(SEED))) {
      Eventually.holds("everybody was answered", Duration.ofMinutes(2), crowd::allAnswered);
      Eventually.holds(
          "everybody has relaxed, and nobody waits beside somebody compatible",
          Duration.ofSeconds(30),
          () -> crowd.compatibleWhoWait().isEmpty());
      Eventually.holds(
          "each match has two sides", Duration.ofSeconds(20), crowd::everyMatchHasTwoSides);
      assertThat(crowd.brokenWishes()).as("seed %d", SEED).isEmpty();
      assertThat(crowd.matched()).as("matched of %d", ARRIVALS).isGreaterThan(ARRIVALS / 2);
    }
  }
}
