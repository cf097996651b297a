package parley.faults.inject;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import parley.faults.machine.Store;

class FaultPlanTest {
  private static final Set<FaultKind> KINDS = FaultKind.of(Store.Kind.REPLICATED);

  @Test
  void aSeedDrawsTheSamePlanAgainAndAnotherSeedAnother() {
    FaultPlan plan = FaultPlan.draw(7, KINDS, Duration.ofMinutes(3));

    assertThat(plan).isEqualTo(FaultPlan.draw(7, KINDS, Duration.ofMinutes(3)));
    assertThat(plan.injections())
        .isNotEqualTo(FaultPlan.draw(8, KINDS, Duration.ofMinutes(3)).injections());
  }

  @Test
  void eachKindComesOnceBeforeOneComesAgain() {
    List<Injection> drawn = FaultPlan.draw(7, KINDS, Duration.ofMinutes(3)).injections();

    assertThat(drawn).hasSizeGreaterThan(2 * KINDS.size());
    assertThat(drawn.subList(0, KINDS.size()))
        .extracting(Injection::kind)
        .containsExactlyInAnyOrderElementsOf(KINDS);
  }

  @Test
  void aPauseOutlastsTheLease() {
    assertThat(FaultPlan.draw(7, Set.of(FaultKind.PAUSE_NODE), Duration.ofMinutes(3)).injections())
        .isNotEmpty()
        .allSatisfy(
            pause ->
                assertThat(pause.lasts()).isGreaterThan(parley.faults.machine.FaultMachine.LEASE));
  }
}
