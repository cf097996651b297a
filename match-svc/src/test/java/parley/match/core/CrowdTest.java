package parley.match.core;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.domain.Gender.MAN;
import static parley.domain.Gender.NONBINARY;
import static parley.domain.Gender.WOMAN;
import static parley.match.core.TicketBuilder.ticket;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import parley.domain.Gender;
import parley.match.core.Crowd.Kind;
import parley.match.core.Crowd.Tally;

class CrowdTest {
  private static final Side SEEKS_MEN = side(WOMAN, MAN);
  private static final Kind PICKY = new Kind(SEEKS_MEN, Level.SAME_TAGS);
  private static final Kind SIMPLE = new Kind(SEEKS_MEN, Level.ANYONE);

  @Test
  void peopleOfEveryLevelCountAndFewerThanTenAreHidden() {
    assertThat(crowd(Map.of(PICKY, waiting(9, 100))).shownWaiting()).isZero();
    assertThat(crowd(Map.of(PICKY, waiting(9, 100), SIMPLE, waiting(1, 100))).shownWaiting())
        .isEqualTo(10);
  }

  @Test
  void theFirstIsNextAndTheOthersLieEvenlyBehind() {
    Crowd crowd = crowd(Map.of(PICKY, waiting(100, 1000)));
    assertThat(crowd.place(SEEKS_MEN, new Rank(1000))).isEqualTo(1);
    assertThat(crowd.place(SEEKS_MEN, new Rank(1500))).isEqualTo(51);
  }

  @Test
  void onlyPeopleLikeMeWhoSeekWhomISeekStandBeforeMe() {
    Crowd crowd =
        crowd(
            Map.of(
                new Kind(side(WOMAN), Level.ANYONE), waiting(10, 1000),
                new Kind(side(WOMAN, NONBINARY), Level.ANYONE), waiting(10, 1000),
                new Kind(side(MAN, WOMAN), Level.ANYONE), waiting(10, 1000)));
    assertThat(crowd.place(SEEKS_MEN, new Rank(1999))).isEqualTo(10);
  }

  @Test
  void whatNodesKnowIsAddedUpAndTheEarliestIsFirst() {
    Crowd both =
        Crowd.of(
            List.of(
                Map.of(PICKY, new Tally(3, 1500, 30, 2)),
                Map.of(PICKY, new Tally(2, 1200, 20, 3)),
                Map.of(PICKY, new Tally(0, 0, 10, 0))),
            new Rank(2000));
    assertThat(both.tallies()).isEqualTo(Map.of(PICKY, new Tally(5, 1200, 60, 5)));
  }

  @Test
  void estimatesFollowLittlesLawAndAreAbsentAfterTooFewMatches() {
    Ticket simple = ticket().as(WOMAN).seeking(MAN).build();
    Crowd busy = crowd(Map.of(SIMPLE, new Tally(20, 1000, 120, 12), PICKY, waiting(5, 1000)));
    assertThat(busy.typical(simple.plan()).typical()).isEqualTo(Duration.ofSeconds(10));
    assertThat(busy.left(SIMPLE, new Rank(1500)))
        .as("11th, at 12 a minute")
        .isEqualTo(Duration.ofSeconds(55));
    assertThat(busy.left(PICKY, new Rank(1500))).isNull();
    Crowd quiet = crowd(Map.of(SIMPLE, new Tally(20, 1000, 120, 2)));
    assertThat(quiet.typical(simple.plan()).typical()).isNull();
  }

  @Test
  void anEstimateCountsThoseWhomTheWishesFit() {
    Crowd crowd =
        crowd(
            Map.of(
                new Kind(side(MAN, WOMAN), Level.ANYONE),
                waiting(12, 1000),
                new Kind(side(MAN, MAN), Level.ANYONE),
                waiting(40, 1000),
                SIMPLE,
                waiting(70, 1000)));
    assertThat(crowd.typical(ticket().as(WOMAN).seeking(MAN).build().plan()).shownWaiting())
        .isEqualTo(12);
  }

  private static Crowd crowd(Map<Kind, Tally> tallies) {
    return new Crowd(tallies, new Rank(2000));
  }

  private static Tally waiting(int size, long first) {
    return new Tally(size, first, 0, 0);
  }

  private static Side side(Gender own, Gender... seeking) {
    return new Side(own, Seeking.of(List.of(seeking)));
  }
}
