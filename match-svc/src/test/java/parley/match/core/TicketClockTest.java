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
