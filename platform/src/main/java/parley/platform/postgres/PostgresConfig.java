package parley.platform.postgres;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import parley.platform.config.HostPort;
import parley.platform.config.Settings;

/// Where PostgreSQL is and how it is asked.
///
/// @param passwordFile holds the role's password and nothing else; read for each new connection, so
///   that a password is changed without a restart
/// @param connections at most, each opened when it is needed
/// @param statementWithin a statement that takes longer is ended by the server, and by us two
///   seconds later if the server does not even do that
public record PostgresConfig(
    HostPort address,
    String database,
    String role,
    Path passwordFile,
    int connections,
    Duration statementWithin) {

  /// `postgres.address` and `postgres.password-file` (required), `postgres.database` and
  /// `postgres.role` (`parley`), `postgres.connections` (4), `postgres.statement-within` (5 s).
  public static PostgresConfig read(Settings settings) {
    return read(settings, settings.address("postgres.address"));
  }

  /// As above, for a service that also runs without: nothing if there is no `postgres.address`.
  public static Optional<PostgresConfig> ifNamed(Settings settings) {
    return settings
        .optionalText("postgres.address")
        .map(named -> read(settings, settings.address("postgres.address")));
  }

  /// The same with another limit for a statement.
  public PostgresConfig within(Duration statement) {
    return new PostgresConfig(address, database, role, passwordFile, connections, statement);
  }

  private static PostgresConfig read(Settings settings, HostPort address) {
    return new PostgresConfig(
        address,
        settings.text("postgres.database", "parley"),
        settings.text("postgres.role", "parley"),
        settings.file("postgres.password-file"),
        settings.integer("postgres.connections", 1, 100, 4),
        settings.duration(
            "postgres.statement-within",
            Duration.ofMillis(100),
            Duration.ofMinutes(10),
            Duration.ofSeconds(5)));
  }
}
