package parley.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parley.backing.NotStarted;
import parley.backing.PostgresOptions;
import parley.backing.PostgresServer;
import parley.platform.config.HostPort;
import parley.platform.postgres.PostgresConfig;
import parley.schema.Keeping;
import parley.schema.NotKept;
import parley.schema.Upkeep;

/// One machine's PostgreSQL, brought up to date when it starts; the session nodes keep it so.
///
/// Where it will be is known from the beginning, because no service waits for it.
public final class LocalPostgres implements AutoCloseable {
  private static final String DATABASE = "parley";

  private final Path folder;
  private final int port;
  private final Path password;
  private @Nullable PostgresServer server;

  LocalPostgres(Path folder, int port) {
    this.folder = folder;
    this.port = port;
    this.password = PostgresServer.passwordIn(folder);
  }

  /// What a service is told of it.
  Map<String, String> settings() {
    return Map.of(
        "postgres.address", address().toString(), "postgres.password-file", password.toString());
  }

  /// How a person asks it: a command that asks for nothing more.
  String psql() {
    return "PGPASSWORD=$(cat %s) psql -h %s -p %d -U %s %s"
        .formatted(password, address().host(), port, PostgresServer.ROLE, DATABASE);
  }

  /// Starts it, for the first time or again.
  ///
  /// @return what was done to the database, as a sentence
  /// @throws NotStarted with a sentence for a person
  public synchronized String start() {
    PostgresServer started = PostgresServer.start(PostgresOptions.kept(folder, port));
    server = started;
    started.create(DATABASE, null);
    try {
      String done = Upkeep.run(config(), Keeping.DEFAULTS);
      return "PostgreSQL %d at %s: %s"
          .formatted(started.program().major(), started.address(), done);
    } catch (NotKept sentence) {
      throw new NotStarted(Objects.requireNonNull(sentence.getMessage()));
    }
  }

  /// Nothing while it has not been started.
  public synchronized Optional<PostgresServer> server() {
    return Optional.ofNullable(server);
  }

  @Override
  public synchronized void close() {
    if (server != null) {
      server.close();
    }
  }

  private HostPort address() {
    return new HostPort("127.0.0.1", port);
  }

  private PostgresConfig config() {
    return new PostgresConfig(
        address(), DATABASE, PostgresServer.ROLE, password, 1, Duration.ofSeconds(5));
  }
}
