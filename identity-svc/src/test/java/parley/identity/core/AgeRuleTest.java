package parley.identity.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.domain.Cohort;
import parley.testing.HeldClock;

class AgeRuleTest {
  private final HeldClock clock = HeldClock.at("2026-12-31T23:59:59Z");

  @ParameterizedTest
  @CsvSource({
    "ADULT, 2007, ADULT", "ADULT, 2008, ", "ADULT, 1900, ADULT", "ADULT, 2026, ",
    "ADULT, 2200, ", "FROM_16, 2007, ADULT", "FROM_16, 2008, FROM_16", "FROM_16, 2009, FROM_16",
    "FROM_16, 2010, ", "FROM_13, 2010, FROM_13", "FROM_13, 2012, FROM_13", "FROM_13, 2013, ",
  })
  void nobodyIsTakenForOlderThanTheyAre(Cohort youngest, int birthYear, Cohort expected) {
    assertThat(new AgeRule(youngest, clock).cohort(birthYear).orElse(null)).isEqualTo(expected);
  }

  @Test
  void aCohortIsGrownOutOfWhenTheYearEnds() {
    AgeRule ages = new AgeRule(Cohort.FROM_13, clock);
    assertThat(ages.cohort(2008)).contains(Cohort.FROM_16);

    clock.pass(java.time.Duration.ofSeconds(1));

    assertThat(ages.cohort(2008)).contains(Cohort.ADULT);
  }

  @Test
  void theMinimumAgeIsThatOfTheYoungestOpenCohort() {
    assertThat(new AgeRule(Cohort.ADULT, clock).minimumAge()).isEqualTo(18);
    assertThat(new AgeRule(Cohort.FROM_13, clock).minimumAge()).isEqualTo(13);
  }
}
