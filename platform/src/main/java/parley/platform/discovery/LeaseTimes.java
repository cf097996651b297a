package parley.platform.discovery;

import java.time.Duration;
import parley.platform.config.Settings;

/// How long a lease lasts without a beat, and how often a node beats.
public record LeaseTimes(Duration lease, Duration beat) {
  /// Five beats may fail before a lease is over.
  public static final LeaseTimes DEFAULT =
      new LeaseTimes(Duration.ofSeconds(15), Duration.ofSeconds(3));

  public LeaseTimes {
    if (beat.isZero() || beat.isNegative() || beat.multipliedBy(2).compareTo(lease) > 0) {
      throw new IllegalArgumentException(
          "lease is " + lease + " and beat " + beat + ", expected at least two beats in a lease");
    }
  }

  /// Reads `discovery.lease` and `discovery.beat`.
  public static LeaseTimes read(Settings settings) {
    Duration lease =
        settings.duration(
            "discovery.lease", Duration.ofSeconds(1), Duration.ofMinutes(5), DEFAULT.lease());
    Duration beat =
        settings.duration(
            "discovery.beat", Duration.ofMillis(100), Duration.ofMinutes(1), DEFAULT.beat());
    if (beat.multipliedBy(2).compareTo(lease) > 0) {
      settings.fault("discovery.beat", beat.toMillis() + "ms", "at most half of discovery.lease");
      return DEFAULT;
    }
    return new LeaseTimes(lease, beat);
  }
}
