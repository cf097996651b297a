package parley.match.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.domain.Cohort;
import parley.match.core.port.CrowdBoard;
import parley.match.core.port.PoolUnavailable;

class CrowdsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final LiveTickets live = new LiveTickets();
  private final Set<Cohort> exchanged = EnumSet.noneOf(Cohort.class);

  @ParameterizedTest
  @EnumSource
  void aCohortThatIsAwayKeepsNoOthersFiguresOld(Cohort away) {
    CrowdBoard board =
        (cohort, _, part) -> {
          if (cohort == away) {
            throw new PoolUnavailable("away");
          }
          exchanged.add(cohort);
          return Crowd.of(List.of(part), new Rank(1));
        };
    Crowds crowds = new Crowds(board, live, OwnerStage.silentJournal());
    for (Cohort cohort : Cohort.values()) {
      live.hold(standing(cohort));
    }

    crowds.exchange(NOW);

    assertThat(exchanged).isEqualTo(EnumSet.complementOf(EnumSet.of(away)));
  }

  private static LiveTicket standing(Cohort cohort) {
    Ticket adult = TicketBuilder.ticket().build();
    Ticket ticket =
        new Ticket(
            adult.id(),
            adult.participant(),
            adult.device(),
            cohort,
            adult.gender(),
            adult.criteria(),
            adult.correlation());
    Pools pools = new Pools(Map.of(adult.criteria().pool(), PoolRules.DEFAULT));
    LiveTicket held = new LiveTicket(ticket, _ -> {}, pools, NOW);
    var _ =
        held.stood(
            new Standing(
                new Rank(1), 1, Level.ANYONE, 0, Duration.ZERO, Duration.ZERO, AiStanding.NONE),
            NOW,
            MatchTimes.DEFAULT);
    return held;
  }
}
