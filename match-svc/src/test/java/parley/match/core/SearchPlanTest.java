package parley.match.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static parley.match.core.TicketBuilder.ticket;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import parley.domain.Gender;
import parley.testing.Counts;

class SearchPlanTest {
  private static final int PAIRS = Counts.of(5_000, 200_000);

  @Test
  void oneFindsTheOtherExactlyIfTheRulesSaySoAndTheOtherFindsOne() {
    RandomWishes wishes = new RandomWishes(20_261_121L, 12);
    Map<Level, Integer> near = new EnumMap<>(Level.class);
    for (int pair = 0; pair < PAIRS; pair++) {
      MayMeet one = wishes.next();
      MayMeet other = wishes.next();
      SearchPlan plan = RandomWishes.ticket(one).plan();
      SearchPlan peer = RandomWishes.ticket(other).plan();
      assertThat(RandomWishes.ticket(one).start()).isEqualTo(plan.start());
      for (Level family : Level.values()) {
        boolean expected = one.mayMeet(other) && one.near(other, family);
        near.merge(family, expected ? 1 : 0, Integer::sum);
        if (finds(plan, peer, family) != expected || finds(peer, plan, family) != expected) {
          fail("%s and %s at %s: expected %s".formatted(one, other, family, expected));
        }
      }
    }
    assertThat(near.values())
        .as("pairs that meet, of %d", PAIRS)
        .allSatisfy(met -> assertThat(met).isBetween(PAIRS / 100, PAIRS / 2));
  }

  @Test
  void whoHasNoTagsHasNoRungInTheirFamilyAndWhoHasNoLanguagesOnlyTheLast() {
    SearchPlan untagged = ticket().languages("en").build().plan();
    assertThat(untagged.rungs(Level.SAME_TAGS)).isEmpty();
    assertThat(untagged.rungs(Level.SAME_LANGUAGE)).containsExactly("en");
    SearchPlan speechless = ticket().tags("go").build().plan();
    assertThat(speechless.rungs(Level.SAME_TAGS)).isEmpty();
    assertThat(speechless.rungs(Level.SAME_LANGUAGE)).isEmpty();
    assertThat(speechless.rungs(Level.ANYONE)).hasSize(1);
  }

  @Test
  void aTicketStandsInThirteenQueuesAtMost() {
    SearchPlan widest =
        ticket()
            .as(Gender.WOMAN)
            .tags("a", "b", "c", "d", "e", "f", "g", "h", "i", "j")
            .languages("en", "fr", "de", "ja")
            .build()
            .plan();
    assertThat(widest.families().stream().mapToInt(List::size).sum()).isEqualTo(13);
    assertThat(widest.tags()).hasSize(10);
    assertThat(widest.look()).hasSize(20);
  }

  private static boolean finds(SearchPlan seeker, SearchPlan standing, Level family) {
    Set<String> shared = new HashSet<>(seeker.rungs(family));
    shared.retainAll(standing.rungs(family));
    return seeker.pool().equals(standing.pool())
        && seeker.look().contains(standing.stand())
        && !shared.isEmpty();
  }
}
