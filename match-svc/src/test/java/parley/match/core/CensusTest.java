package parley.match.core;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.domain.Gender.MAN;
import static parley.domain.Gender.NONBINARY;
import static parley.domain.Gender.WOMAN;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import parley.domain.Gender;

class CensusTest {
  private static final Side SEEKS_MEN = side(WOMAN, MAN);

  @Test
  void fewerThanTenAreHidden() {
    assertThat(census(Map.of(SEEKS_MEN, crowd(9, 100))).shownWaiting()).isZero();
    assertThat(census(Map.of(SEEKS_MEN, crowd(9, 100), side(MAN), crowd(1, 100))).shownWaiting())
        .isEqualTo(10);
  }

  @Test
  void theFirstIsNextAndTheOthersLieEvenlyBehind() {
    Census census = census(Map.of(SEEKS_MEN, crowd(100, 1000)));
    assertThat(census.place(SEEKS_MEN, new Rank(1000))).isEqualTo(1);
    assertThat(census.place(SEEKS_MEN, new Rank(1500))).isEqualTo(51);
  }

  @Test
  void onlyPeopleLikeMeWhoSeekWhomISeekStandBeforeMe() {
    Census census =
        census(
            Map.of(
                side(WOMAN), crowd(10, 1000),
                side(WOMAN, NONBINARY), crowd(10, 1000),
                side(MAN, WOMAN), crowd(10, 1000)));
    assertThat(census.place(SEEKS_MEN, new Rank(1999))).isEqualTo(10);
  }

  private static Census census(Map<Side, Census.Crowd> crowds) {
    return new Census(crowds, new Rank(2000));
  }

  private static Census.Crowd crowd(int size, long first) {
    return new Census.Crowd(size, new Rank(first));
  }

  private static Side side(Gender own, Gender... seeking) {
    return new Side(own, Seeking.of(List.of(seeking)));
  }
}
