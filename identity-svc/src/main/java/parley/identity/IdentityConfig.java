package parley.identity;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import parley.domain.Cohort;
import parley.identity.core.GuestRules;
import parley.identity.core.TokenRules;
import parley.identity.core.WorkRule;
import parley.platform.auth.AuthConfig;
import parley.platform.auth.RevocationStream;
import parley.platform.auth.SealFiles;
import parley.platform.config.HostPort;
import parley.platform.config.NodeConfig;
import parley.platform.config.Settings;
import parley.platform.discovery.LeaseTimes;
import parley.platform.redis.RedisConfig;

/// Everything that can be set of identity-svc; `config/identity.yaml` shows each with its default.
///
/// @param mesh calls of our own services
/// @param keys the directory of private keys, as `AccessKeyFiles` makes it
/// @param seals the file of secrets, as `SealFiles` makes it
/// @param youngest the youngest cohort that may enter
/// @param banLasts how long a ban lasts that does not say
public record IdentityConfig(
    NodeConfig node,
    HostPort serving,
    HostPort mesh,
    RedisConfig redis,
    LeaseTimes lease,
    AuthConfig auth,
    Path keys,
    Path seals,
    Cohort youngest,
    GuestRules guests,
    TokenRules tokens,
    Duration banLasts,
    int concurrentCalls) {
  private static final Duration DAY = Duration.ofDays(1);

  /// Reads and checks all settings.
  ///
  /// @throws parley.platform.config.ConfigFaults with all that is wrong
  public static IdentityConfig read(Settings settings) {
    IdentityConfig config =
        new IdentityConfig(
            NodeConfig.read(settings),
            settings.listener("serving.address"),
            settings.listener("mesh.address"),
            RedisConfig.read(settings),
            LeaseTimes.read(settings),
            AuthConfig.read(settings),
            directory(settings, "auth.keys"),
            settings.file("auth.seals"),
            settings.oneOf("guests.youngest-cohort", Cohort.class, Cohort.ADULT),
            guests(settings),
            tokens(settings),
            settings.duration(
                "bans.last", RevocationStream.KEPT, DAY.multipliedBy(3650), DAY.multipliedBy(30)),
            settings.integer("calls.concurrent", 1, 100_000, 1000));
    settings.check();
    return config;
  }

  private static Path directory(Settings settings, String name) {
    Path path = settings.file(name);
    if (!Files.isDirectory(path)) {
      settings.fault(name, path.toString(), "a directory of keys");
    }
    return path;
  }

  private static GuestRules guests(Settings settings) {
    return new GuestRules(
        settings.text("guests.terms"),
        settings.text("guests.terms-at", ""),
        settings.flag("guests.device-required", false),
        new WorkRule(
            settings.oneOf("guests.work.asked", WorkRule.Asked.class, WorkRule.Asked.OVER_RATE),
            settings.integer("guests.work.bits", 0, WorkRule.MAX_BITS, 18),
            settings.integer("guests.work.over-per-minute", 1, 10_000_000, 600)),
        settings.duration(
            "guests.nonce-life",
            Duration.ofSeconds(1),
            Duration.ofMinutes(10),
            Duration.ofMinutes(2)),
        settings.duration(
            "guests.age-refusal-kept", Duration.ofSeconds(1), DAY.multipliedBy(30), DAY));
  }

  private static TokenRules tokens(Settings settings) {
    Duration longestAccess = RevocationStream.KEPT.minusMinutes(10);
    return new TokenRules(
        settings.duration(
            "tokens.access-life", Duration.ofSeconds(1), longestAccess, Duration.ofMinutes(10)),
        settings.duration("tokens.refresh-idle", Duration.ofSeconds(2), SealFiles.APART, DAY),
        settings.duration("tokens.gender-kept", Duration.ofSeconds(1), DAY.multipliedBy(30), DAY));
  }
}
