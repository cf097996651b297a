package parley.domain;

/// The age band a participant belongs to. People of different cohorts never meet: the band is part
/// of every match key.
public enum Cohort {
  FROM_13("13", 13),
  FROM_16("16", 16),
  ADULT("18", 18);

  private final String code;
  private final int fromAge;

  Cohort(String code, int fromAge) {
    this.code = code;
    this.fromAge = fromAge;
  }

  /// Two digits, as in tokens and in Redis keys.
  public String code() {
    return code;
  }

  /// The lowest age of the band, in years.
  public int fromAge() {
    return fromAge;
  }

  /// The band with this code.
  ///
  /// @throws IllegalArgumentException for any other text
  public static Cohort ofCode(String code) {
    for (Cohort cohort : values()) {
      if (cohort.code.equals(code)) {
        return cohort;
      }
    }
    throw new IllegalArgumentException("cohort is '" + code + "', expected one of 13, 16, 18");
  }
}
