package parley.match.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import parley.domain.SessionId;
import parley.match.core.Acceptance;
import parley.match.core.BruteForce;
import parley.match.core.Pairing;
import parley.match.core.RandomWishes;
import parley.match.core.Ticket;
import parley.match.core.Wide;
import parley.match.core.port.TicketPool;
import parley.testing.Counts;

class SearchAgainstBruteForceIT {
  private static final int POOLS = Counts.of(60, 3_000);
  private static final int PEOPLE = 9;

  @Test
  void whoArrivesMeetsWhomTryingEverybodyWouldChoose() {
    RandomWishes wishes = new RandomWishes(3, 6);
    SplittableRandom random = new SplittableRandom(3);
    int met = 0;
    for (int i = 0; i < POOLS; i++) {
      try (Pools pools = new Pools()) {
        TicketPool pool = pools.pool("match-1");
        List<Ticket> standing = new ArrayList<>();
        for (int person = 0; person < PEOPLE; person++) {
          Ticket arriving = wishes.ticket();
          Optional<Ticket> expected = BruteForce.best(arriving, standing);
          Pairing pairing = new Pairing(SessionId.random(random), Acceptance.AT_ONCE);
          Optional<Ticket> found =
              Wide.search(pool, arriving, pairing)
                  .map(match -> match.members().getFirst().ticket());
          assertThat(found).as("%s among %s", arriving, standing).isEqualTo(expected);
          found.ifPresentOrElse(standing::remove, () -> standing.add(arriving));
          met += found.isPresent() ? 1 : 0;
        }
        assertThat(pools.standing())
            .containsExactlyInAnyOrderElementsOf(
                standing.stream().map(ticket -> ticket.participant().text()).toList());
      }
    }
    assertThat(met).as("matches, so that the test says something").isGreaterThan(POOLS);
  }
}
