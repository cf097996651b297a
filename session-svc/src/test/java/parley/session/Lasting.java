package parley.session;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import parley.backing.PostgresServer;
import parley.domain.Principal;
import parley.platform.config.HostPort;
import parley.platform.postgres.PostgresConfig;
import parley.platform.redis.RedisStore;
import parley.relay.Bucket;
import parley.relay.redis.RelayKeys;
import parley.schema.Keeping;
import parley.schema.Upkeep;
import parley.session.Sessions.Pair;
import parley.testing.TestDatabase;

/// An archive for a test: a migrated database, the settings of nodes that write to it, and what
/// stands in it.
record Lasting(TestDatabase database) {
  private static final List<String> NOT_FOR_IT = List.of("settle", "replaced");

  /// On a server of the test's own.
  static Lasting on(PostgresServer server) {
    server.create("parley", null);
    Lasting lasting = new Lasting(new TestDatabase(server, "parley"));
    lasting.migrate();
    return lasting;
  }

  void migrate() {
    PostgresConfig config =
        new PostgresConfig(
            HostPort.parse(database.address()),
            database.name(),
            database.role(),
            database.passwordFile(),
            1,
            Duration.ofSeconds(5));
    var _ = Upkeep.run(config, Keeping.DEFAULTS);
  }

  /// Short durations, so that a bucket is looked at soon.
  Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    settings.put("discovery.lease", "1s");
    settings.put("discovery.beat", "200ms");
    settings.put("presence.round-every", "100ms");
    settings.put("presence.calm", "1ms");
    settings.put("postgres.address", database.address());
    settings.put("postgres.database", database.name());
    settings.put("postgres.password-file", database.passwordFile().toString());
    settings.put("postgres.statement-within", "500ms");
    return settings;
  }

  /// `why closed_by number-of-members` of this session; `null` words while it goes on.
  List<String> rows(Pair pair) {
    return database.ask(
        "SELECT concat_ws(' ', coalesce(s.why, 'null'), coalesce(s.closed_by::text, 'null'), (SELECT count(*) FROM session.members m WHERE m.session = s.id AND m.opened = s.opened)) FROM session.sessions s WHERE s.id = decode('%s', 'hex')"
            .formatted(hex(pair.session().bytes())));
  }

  /// How many entries wait in all outboxes to be brought to the archive.
  static long waiting(Sessions sessions) {
    RelayKeys keys = new RelayKeys(sessions.prefix());
    try (RedisStore redis = RedisStore.open(sessions.redis())) {
      return Bucket.all().stream()
          .map(bucket -> new String(keys.outbox(bucket), StandardCharsets.US_ASCII))
          .flatMap(key -> redis.commands().xrange(key, "-", "+").stream())
          .filter(entry -> !NOT_FOR_IT.contains(entry.getFields().get("what")))
          .count();
    }
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /// As `members` writes down a member.
  static String member(int number, Principal who) {
    return "%d %s %s %s"
        .formatted(
            number,
            who.kind().name().toLowerCase(Locale.ROOT),
            hex(who.participant().bytes()),
            hex(who.device().bytes()));
  }
}
