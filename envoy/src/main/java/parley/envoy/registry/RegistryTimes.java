package parley.envoy.registry;

import java.time.Duration;
import parley.platform.config.Settings;

/// How often the directory is read, and how long a node that is missing from it is kept as
/// DRAINING.
public record RegistryTimes(Duration poll, Duration grace) {
  /// Reads `registry.poll` (500 ms) and `registry.grace` (30 s).
  public static RegistryTimes read(Settings settings) {
    return new RegistryTimes(
        settings.duration(
            "registry.poll", Duration.ofMillis(20), Duration.ofSeconds(30), Duration.ofMillis(500)),
        settings.duration(
            "registry.grace", Duration.ofMillis(100), Duration.ofHours(1), Duration.ofSeconds(30)));
  }
}
