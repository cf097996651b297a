package parley.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.backing.NotStarted;
import parley.backing.PostgresOptions;
import parley.backing.PostgresServer;
import parley.platform.config.HostPort;
import parley.platform.postgres.PostgresConfig;
import parley.schema.Keeping;
import parley.schema.NotKept;
import parley.schema.Upkeep;

/// One machine's PostgreSQL, brought up to date when it starts and every day.
///
/// Where it will be is known from the beginning, because no service waits for it.
public final class LocalPostgres implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalPostgres.class);
  private static final String DATABASE = "parley";

  private final Path folder;
  private final int port;
  private final Path password;
  private final ScheduledExecutorService daily =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("upkeep").unstarted(task));
  private @Nullable PostgresServer server;

  LocalPostgres(Path folder, int port) {
    this.folder = folder;
    this.port = port;
    this.password = PostgresServer.passwordIn(folder);
    var _ = daily.scheduleWithFixedDelay(this::keep, 1, 1, TimeUnit.DAYS);
  }

  /// What a service is told of it.
  Map<String, String> settings() {
    return Map.of(
        "postgres.address", address().toString(), "postgres.password-file", password.toString());
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
    daily.shutdownNow();
    if (server != null) {
      server.close();
    }
  }

  private void keep() {
    try {
      LOG.atInfo().addKeyValue("done", Upkeep.run(config(), Keeping.DEFAULTS)).log("database kept");
    } catch (NotKept away) {
      LOG.atWarn().log(away.getMessage());
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
