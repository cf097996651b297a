package parley.identity.core;

import java.time.Clock;
import java.time.Year;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import parley.domain.Cohort;

/// Which cohort a year of birth belongs to, by this node's clock.
///
/// Age counts as this year − year of birth − 1: nobody is taken for older than they are, whatever
/// their birthday.
public final class AgeRule {
  private final Cohort youngest;
  private final Clock clock;

  /// @param youngest the youngest cohort that the operator has opened
  public AgeRule(Cohort youngest, Clock clock) {
    this.youngest = youngest;
    this.clock = clock;
  }

  /// The oldest band that is reached; empty if none that is open.
  public Optional<Cohort> cohort(int birthYear) {
    int age = Year.now(clock).getValue() - birthYear - 1;
    return Arrays.stream(Cohort.values())
        .filter(band -> band.fromAge() >= youngest.fromAge() && band.fromAge() <= age)
        .max(Comparator.comparingInt(Cohort::fromAge));
  }

  /// Years.
  public int minimumAge() {
    return youngest.fromAge();
  }
}
