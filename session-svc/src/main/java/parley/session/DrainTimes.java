package parley.session;

import java.time.Duration;
import parley.platform.config.Settings;

/// How long a node that goes away takes for each step.
///
/// @param doorPause after leaving the directory, before anything else: until then the door has seen
///   it and sends nobody new
/// @param spread over which streams are told to resume elsewhere, each at a moment of its own, so
///   that they do not all come at once
/// @param within which streams end, and then calls that are under way
record DrainTimes(Duration doorPause, Duration spread, Duration within) {
  static DrainTimes read(Settings settings) {
    return new DrainTimes(
        duration(settings, "drain.door-pause", Duration.ofSeconds(2), Duration.ofMinutes(1)),
        duration(settings, "drain.spread", Duration.ofSeconds(1), Duration.ofMinutes(1)),
        duration(settings, "drain.within", Duration.ofSeconds(10), Duration.ofMinutes(5)));
  }

  private static Duration duration(
      Settings settings, String name, Duration defaultValue, Duration max) {
    return settings.duration(name, Duration.ofMillis(1), max, defaultValue);
  }
}
