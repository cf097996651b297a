package parley.match;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import parley.match.core.MatchTimes;
import parley.platform.auth.AuthConfig;
import parley.platform.config.HostPort;
import parley.platform.config.NodeConfig;
import parley.platform.config.Settings;
import parley.platform.discovery.LeaseTimes;
import parley.platform.postgres.PostgresConfig;
import parley.platform.redis.RedisConfig;

/// All settings of one node. `config/match.yaml` names them with their defaults.
///
/// @param serving public calls
/// @param mesh calls of our own services
/// @param postgres where blocks last; without it, as long as Redis does
/// @param seals the file of secrets that seal grants
/// @param pools the file of pools; the usual ones if absent
/// @param streams how many may wait at this node at once
/// @param unaryCalls how many other calls may run at once
/// @param doorPause after leaving the directory, before streams are told to resume elsewhere: the
///   door must have seen it
public record MatchConfig(
    NodeConfig node,
    HostPort serving,
    HostPort mesh,
    RedisConfig redis,
    Optional<PostgresConfig> postgres,
    AuthConfig auth,
    Path seals,
    LeaseTimes lease,
    MatchTimes times,
    Optional<Path> pools,
    int streams,
    int unaryCalls,
    Duration doorPause) {
  private static final MatchTimes TIMES = MatchTimes.DEFAULT;

  /// @throws parley.platform.config.ConfigFaults with all faults
  public static MatchConfig read(Settings settings) {
    MatchConfig config =
        new MatchConfig(
            NodeConfig.read(settings),
            settings.listener("serving.address"),
            settings.listener("mesh.address"),
            RedisConfig.read(settings),
            PostgresConfig.ifNamed(settings),
            AuthConfig.read(settings),
            settings.file("auth.seals"),
            LeaseTimes.read(settings),
            times(settings),
            settings.optionalText("pools.file").isPresent()
                ? Optional.of(settings.file("pools.file"))
                : Optional.empty(),
            settings.integer("calls.streams", 1, 1_000_000, 100_000),
            settings.integer("calls.concurrent", 1, 100_000, 5_000),
            duration(settings, "drain.door-pause", Duration.ofSeconds(2), Duration.ofMinutes(1)));
    settings.check();
    return config;
  }

  private static MatchTimes times(Settings s) {
    Duration hour = Duration.ofHours(1);
    return new MatchTimes(
        duration(s, "tickets.kept-in-park", TIMES.keptInPark(), hour),
        duration(s, "tickets.enter-within", TIMES.enterWithin(), hour),
        duration(s, "tickets.answer-within", TIMES.answerWithin(), hour),
        duration(s, "tickets.settle-within", TIMES.settleWithin(), hour),
        duration(s, "tickets.kept-after-end", TIMES.keptAfterEnd(), Duration.ofHours(24)),
        duration(s, "tickets.longest-wait", TIMES.longestWait(), Duration.ofHours(24)),
        duration(s, "tickets.silence", TIMES.silence(), hour),
        duration(s, "tickets.keep-waiting-every", TIMES.keepWaitingEvery(), hour),
        duration(s, "tickets.update-every", TIMES.updateEvery(), hour),
        duration(s, "tickets.update-at-least", TIMES.updateAtLeast(), hour));
  }

  private static Duration duration(
      Settings settings, String name, Duration defaultValue, Duration max) {
    return settings.duration(name, Duration.ofMillis(1), max, defaultValue);
  }
}
