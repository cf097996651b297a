package parley.bot.core.conduct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import parley.bot.core.conduct.Budget.Left;
import parley.domain.DeviceId;

class BudgetTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final DeviceId DEVICE = DeviceId.of(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
  private static final DeviceId OTHER = DeviceId.of(new byte[] {8, 7, 6, 5, 4, 3, 2, 1});

  @Test
  void aConversationIsToldOnceThatItNearsItsEnd() {
    Budget.Share share = budget(10, 100).open(DEVICE);
    assertThat(IntStream.range(0, 10).mapToObj(_ -> share.spend(0, NOON)))
        .containsExactly(
            Left.ENOUGH,
            Left.ENOUGH,
            Left.ENOUGH,
            Left.ENOUGH,
            Left.ENOUGH,
            Left.ENOUGH,
            Left.ENOUGH,
            Left.NEAR_ITS_END,
            Left.ENOUGH,
            Left.CONVERSATION_OVER);
  }

  @Test
  void tokensCountLikeTurns() {
    Budget.Share share = budget(10, 100).open(DEVICE);
    assertThat(share.spend(799, NOON)).isEqualTo(Left.ENOUGH);
    assertThat(share.spend(1, NOON)).isEqualTo(Left.NEAR_ITS_END);
    assertThat(share.spend(200, NOON)).isEqualTo(Left.CONVERSATION_OVER);
    assertThat(share.left(NOON)).isEqualTo(Left.CONVERSATION_OVER);
  }

  @Test
  void aDayCountsAllConversationsOfADevice() {
    Budget budget = budget(10, 12);
    Budget.Share first = budget.open(DEVICE);
    IntStream.range(0, 9).forEach(_ -> first.spend(0, NOON));
    Budget.Share second = budget.open(DEVICE);
    assertThat(second.spend(0, NOON)).isEqualTo(Left.NEAR_ITS_END);
    assertThat(second.spend(0, NOON)).isEqualTo(Left.ENOUGH);
    assertThat(second.spend(0, NOON)).isEqualTo(Left.DAY_OVER);
    assertThat(budget.open(DEVICE).left(NOON)).isEqualTo(Left.DAY_OVER);
    assertThat(budget.open(OTHER).left(NOON)).isEqualTo(Left.ENOUGH);
  }

  @Test
  void theNextDayStartsAnew() {
    Budget budget = budget(10, 10);
    IntStream.range(0, 10).forEach(_ -> budget.open(DEVICE).spend(0, NOON));
    Instant lastMoment = Instant.parse("2026-03-01T23:59:59.999Z");
    assertThat(budget.open(DEVICE).left(lastMoment)).isEqualTo(Left.DAY_OVER);
    assertThat(budget.open(DEVICE).left(lastMoment.plusMillis(1))).isEqualTo(Left.ENOUGH);
  }

  @Test
  void aClockThatGoesBackGivesNothingBack() {
    Budget budget = budget(10, 10);
    IntStream.range(0, 10).forEach(_ -> budget.open(DEVICE).spend(0, NOON));
    assertThat(budget.open(DEVICE).left(NOON.minus(Duration.ofDays(1)))).isEqualTo(Left.DAY_OVER);
  }

  @Test
  void onlySoManyDevicesAreRemembered() {
    Budget budget = new Budget(new BudgetLimits(new Spent(1, 9), new Spent(1, 9), 80, 1));
    budget.open(DEVICE).spend(0, NOON);
    assertThat(budget.open(DEVICE).left(NOON)).isEqualTo(Left.DAY_OVER);
    budget.open(OTHER).spend(0, NOON);
    assertThat(budget.open(DEVICE).left(NOON)).isEqualTo(Left.ENOUGH);
    assertThat(budget.open(OTHER).left(NOON)).isEqualTo(Left.DAY_OVER);
  }

  @Test
  void impossibleAmountsAreRefused() {
    assertThatThrownBy(() -> budget(10, 100).open(DEVICE).spend(-1, NOON))
        .hasMessage("tokens are -1, expected 0 or more");
    Spent ten = new Spent(10, 10);
    assertThat(
            List.<Runnable>of(
                () -> new BudgetLimits(new Spent(0, 1), ten, 80, 1),
                () -> new BudgetLimits(ten, new Spent(10, 9), 80, 1),
                () -> new BudgetLimits(ten, ten, 100, 1),
                () -> new BudgetLimits(ten, ten, 80, 0)))
        .allSatisfy(
            making -> assertThatThrownBy(making::run).isInstanceOf(IllegalArgumentException.class));
  }

  private static Budget budget(int turns, int ofDay) {
    return new Budget(new BudgetLimits(new Spent(turns, 1000), new Spent(ofDay, 10_000), 80, 100));
  }
}
