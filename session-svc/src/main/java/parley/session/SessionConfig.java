package parley.session;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import parley.platform.auth.AuthConfig;
import parley.platform.config.HostPort;
import parley.platform.config.NodeConfig;
import parley.platform.config.Settings;
import parley.platform.discovery.LeaseTimes;
import parley.platform.postgres.PostgresConfig;
import parley.platform.redis.RedisConfig;
import parley.relay.RelayLimits;
import parley.relay.WatchRule;
import parley.relay.redis.LogRetention;
import parley.schema.Keeping;
import parley.session.api.QueueBounds;
import parley.session.core.PresenceTimes;
import parley.session.core.SessionLimits;

/// All settings of one node. `config/session.yaml` names them with their defaults.
///
/// @param mesh calls of our own services
/// @param postgres where it is kept who talked with whom, and what was reported; without it, what
///   should last waits in Redis until that is full
/// @param keeping how long it is kept
/// @param concurrentCalls unary calls at once
/// @param seals the secrets that seal grants and passes
/// @param passLife how long a pass is good
/// @param rehearsal how long a process may rehearse before its node is there; zero for not at all
public record SessionConfig(
    NodeConfig node,
    HostPort serving,
    HostPort mesh,
    RedisConfig redis,
    Optional<PostgresConfig> postgres,
    Keeping keeping,
    AuthConfig auth,
    Path seals,
    LeaseTimes lease,
    int concurrentCalls,
    Duration passLife,
    DrainTimes drain,
    SessionLimits limits,
    PresenceTimes presence,
    QueueBounds queue,
    RelayLimits relay,
    LogRetention retention,
    Duration rehearsal) {
  private static final SessionLimits LIMITS = SessionLimits.DEFAULTS;
  private static final RelayLimits RELAY = RelayLimits.DEFAULTS;
  private static final int SESSIONS_A_LOOK = 64;
  private static final LogRetention KEPT = LogRetention.DEFAULTS;

  /// @throws parley.platform.config.ConfigFaults with all faults
  public static SessionConfig read(Settings settings) {
    SessionConfig config =
        new SessionConfig(
            NodeConfig.read(settings),
            settings.listener("serving.address"),
            settings.listener("mesh.address"),
            RedisConfig.read(settings),
            PostgresConfig.ifNamed(settings),
            Keeping.read(settings),
            AuthConfig.read(settings),
            settings.file("auth.seals"),
            LeaseTimes.read(settings),
            settings.integer("calls.concurrent", 1, 1_000_000, 5_000),
            duration(settings, "session.pass-life", Duration.ofHours(12), Duration.ofHours(13)),
            DrainTimes.read(settings),
            limits(settings),
            presence(settings),
            queue(settings),
            relay(settings),
            retention(settings),
            settings.duration(
                "rehearsal.within", Duration.ZERO, Duration.ofMinutes(1), Duration.ofSeconds(10)));
    // Else a session that was closed could be made anew.
    if (config.retention().life().compareTo(config.passLife()) <= 0) {
      settings.fault(
          "log.life", config.retention().life().toString(), "more than session.pass-life");
    }
    settings.check();
    return config;
  }

  /// The same, with what it reads and writes elsewhere.
  SessionConfig in(RedisConfig otherRedis, AuthConfig keys, Path secrets, LogRetention kept) {
    return new SessionConfig(
        node,
        serving,
        mesh,
        otherRedis,
        Optional.empty(),
        keeping,
        keys,
        secrets,
        lease,
        concurrentCalls,
        passLife,
        drain,
        limits,
        presence,
        queue,
        relay,
        kept,
        rehearsal);
  }

  private static SessionLimits limits(Settings s) {
    Duration hour = Duration.ofHours(1);
    return new SessionLimits(
        s.integer("text.max-code-points", 1, 16_000, LIMITS.maxCodePoints()),
        s.integer("text.max-bytes", 1, 65_536, LIMITS.maxBytes()),
        s.integer("pace.burst", 1, 1_000_000, LIMITS.paceBurst()),
        s.integer("pace.per-second", 1, 1_000_000, LIMITS.pacePerSecond()),
        duration(s, "stream.heartbeat-every", LIMITS.heartbeatEvery(), hour),
        duration(s, "stream.acknowledge-every", LIMITS.acknowledgeEvery(), hour),
        duration(s, "stream.max-age", LIMITS.maxAge(), Duration.ofHours(24)),
        duration(s, "stream.enter-within", LIMITS.enterWithin(), hour),
        s.integer("stream.outstanding", 1, 1_000, LIMITS.outstanding()));
  }

  /// By default a pause is what makes a beat fail, and after one two beats come through.
  private static PresenceTimes presence(Settings s) {
    Duration minute = Duration.ofMinutes(1);
    Duration beat = LeaseTimes.DEFAULT.beat();
    Duration calm = beat.multipliedBy(2).plusSeconds(1);
    Duration round = duration(s, "presence.round-every", Duration.ofMillis(500), minute);
    Duration silent =
        duration(s, "presence.silent-after", Duration.ofSeconds(45), Duration.ofHours(1));
    return new PresenceTimes(
        silent,
        duration(s, "presence.gone-after", Duration.ofSeconds(2), minute),
        duration(s, "presence.ai-grace", Duration.ofSeconds(5), minute),
        duration(s, "presence.word-from-line", Duration.ofSeconds(3), minute),
        round,
        new WatchRule(
            duration(s, "presence.lost-after", Duration.ofSeconds(60), Duration.ofHours(1)),
            silent.multipliedBy(2), // the stream itself tells of silence, where there is one
            duration(s, "session.max-life", Duration.ofHours(12), Duration.ofDays(30)),
            duration(s, "presence.pause", beat, minute),
            duration(s, "presence.calm", calm, minute),
            round.multipliedBy(2),
            SESSIONS_A_LOOK));
  }

  private static QueueBounds queue(Settings s) {
    return new QueueBounds(
        s.integer("stream.queue-frames", 1, 100_000, QueueBounds.DEFAULTS.frames()),
        s.integer(
            "stream.queue-bytes", 1_024, 1 << 30, Math.toIntExact(QueueBounds.DEFAULTS.bytes())),
        s.integer(
            "stream.queue-node-bytes",
            1_024,
            1 << 30,
            Math.toIntExact(QueueBounds.DEFAULTS.nodeBytes())),
        s.duration(
            "stream.hold-stored",
            Duration.ZERO,
            Duration.ofSeconds(1),
            QueueBounds.DEFAULTS.holdStored()));
  }

  private static RelayLimits relay(Settings s) {
    return new RelayLimits(
        s.integer("relay.batch-messages", 1, 10_000, RELAY.batchMessages()),
        s.integer("relay.batch-bytes", 1_024, 1 << 30, Math.toIntExact(RELAY.batchBytes())),
        s.integer("relay.session-messages", 1, 1_000, RELAY.sessionMessages()),
        s.integer("relay.queued-messages", 1, 1_000_000, RELAY.queuedMessages()),
        s.integer("relay.queued-bytes", 1_024, 1 << 30, Math.toIntExact(RELAY.queuedBytes())),
        s.integer("relay.page", 1, 1_000, RELAY.page()),
        s.integer("relay.page-bytes", 1_024, 1 << 20, RELAY.pageBytes()),
        s.integer("relay.replay", 1, 100_000, RELAY.replay()),
        s.duration("relay.linger", Duration.ZERO, Duration.ofMillis(10), RELAY.linger()),
        duration(s, "relay.compare-every", RELAY.compareEvery(), Duration.ofMinutes(1)));
  }

  private static LogRetention retention(Settings s) {
    Duration days = Duration.ofDays(30);
    return new LogRetention(
        s.integer("log.entries", 64, 1_000_000, KEPT.entries()),
        s.integer("log.bytes", 1 << 18, 1 << 30, KEPT.bytes()),
        s.integer("log.trim-every", 1, 10_000, KEPT.trimEvery()),
        duration(s, "log.life", KEPT.life(), days),
        duration(s, "log.text-after-close", KEPT.textAfterClose(), days),
        duration(s, "presence.look-every", KEPT.lookEvery(), Duration.ofMinutes(1)),
        s.integer("outbox.entries", 1, 1_000_000, KEPT.outbox()));
  }

  private static Duration duration(
      Settings settings, String name, Duration defaultValue, Duration max) {
    return settings.duration(name, Duration.ofMillis(1), max, defaultValue);
  }
}
