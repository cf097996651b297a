package parley.match.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TicketClockTest {
  private static final Instant NOW = Instant.EPOCH;
  private static final MatchTimes TIMES = MatchTimes.DEFAULT;

  private final TicketClock clock =
      new TicketClock(TicketBuilder.ticket().build(), PoolRules.DEFAULT, NOW);

  @Test
  void whoIsOlderThanTheLongestWaitWaitsAnew() {
    stood(Duration.ofMinutes(15), null);
    assertThat(dueAfter(Duration.ofMinutes(9))).isEqualTo(Due.NOTHING);
    assertThat(dueAfter(Duration.ofMinutes(11))).isEqualTo(Due.EXPIRY);
  }

  @Test
  void whoIsYoungerHasTheTimeThatIsLeft() {
    stood(Duration.ofMinutes(6), null);
    assertThat(dueAfter(Duration.ofMinutes(3))).isEqualTo(Due.NOTHING);
    assertThat(dueAfter(Duration.ofMinutes(5))).isEqualTo(Due.EXPIRY);
  }

  @Test
  void whoWasCalmLooksAgainAfterwards() {
    stood(Duration.ZERO, Duration.ofSeconds(30));
    assertThat(dueAfter(Duration.ofSeconds(29))).isEqualTo(Due.NOTHING);
    assertThat(dueAfter(Duration.ofSeconds(31))).isEqualTo(Due.SEARCH);
  }

  @Test
  void aLevelThatWasReachedLateDoesNotPutOffTheNext() {
    relaxed(Duration.ofSeconds(13));
    assertThat(clock.relaxesIn(NOW)).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(11));
    relaxed(Duration.ofSeconds(25));
    assertThat(clock.relaxesIn(NOW)).as("announced for long ago").isZero();
  }

  private void relaxed(Duration waited) {
    Standing standing =
        new Standing(
            new Rank(1), 1, Level.SAME_LANGUAGE, 0, Duration.ZERO, waited, AiStanding.NONE);
    clock.stood(standing, NOW, Optional.of(PoolRules.DEFAULT.toAnyone()), TIMES);
  }

  @Test
  void whoRelaxesJustWhenTheCalmIsOverStillLooksAgain() {
    stood(Duration.ZERO, Duration.ofSeconds(30));
    stood(Duration.ofSeconds(30), null);
    assertThat(dueAfter(Duration.ofSeconds(31))).isEqualTo(Due.SEARCH);
    clock.looked();
    assertThat(dueAfter(Duration.ofSeconds(33))).isEqualTo(Due.NOTHING);
  }

  private void stood(Duration waited, Duration calm) {
    AiStanding ai = new AiStanding(AiWelcome.NEVER, calm, null);
    Standing standing = new Standing(new Rank(1), 1, Level.ANYONE, 0, Duration.ZERO, waited, ai);
    clock.stood(standing, NOW, Optional.empty(), TIMES);
  }

  private Due dueAfter(Duration time) {
    clock.heard(NOW.plus(time));
    return clock.due(NOW.plus(time), TIMES);
  }
}
