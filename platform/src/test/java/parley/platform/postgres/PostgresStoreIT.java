package parley.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.backing.FreePort;
import parley.backing.PostgresOptions;
import parley.backing.PostgresServer;
import parley.domain.NodeId;
import parley.platform.config.HostPort;
import parley.platform.lifecycle.NodeContext;
import parley.testing.Eventually;
import parley.testing.TestDatabase;
import parley.testing.TestPostgres;

class PostgresStoreIT {
  @TempDir Path folder;
  private final NodeContext context = NodeContext.of(new NodeId("store-1"));

  @Test
  void aTransactionIsCommittedWhenItReturns() {
    TestDatabase database = TestPostgres.empty();
    try (PostgresStore store = store(database)) {
      store.commit(dsl -> dsl.execute("CREATE TABLE words AS SELECT 'kept' AS word"));
      assertThat(database.ask("SELECT word FROM words")).containsExactly("kept");
    }
  }

  @Test
  void aTransactionThatFailsLeavesNothing() {
    TestDatabase database = TestPostgres.empty();
    database.execute("CREATE TABLE words (word text PRIMARY KEY)");
    try (PostgresStore store = store(database)) {
      assertThatThrownBy(
              () ->
                  store.commit(
                      dsl -> {
                        dsl.execute("INSERT INTO words VALUES ('secret')");
                        return dsl.execute("INSERT INTO words VALUES ('secret')");
                      }))
          .isInstanceOf(DataAccessException.class)
          .rootCause()
          .as("what it says quotes no row")
          .hasMessageNotContaining("secret");
      assertThat(database.ask("SELECT word FROM words")).isEmpty();
    }
  }

  @Test
  void aServerThatIsNotThereIsAStateThatPasses() throws IOException {
    int port = FreePort.any();
    Path later = folder.resolve("password");
    Files.writeString(later, "none yet");
    PostgresConfig config = config(new HostPort("127.0.0.1", port), "postgres", later);
    try (PostgresStore store = PostgresStore.open(config, context)) {
      assertThatThrownBy(() -> one(store)).isInstanceOf(PostgresUnavailable.class);
      assertThat(store.away()).isTrue();
      try (PostgresServer postgres =
          PostgresServer.start(PostgresOptions.kept(folder.resolve("server"), port))) {
        assertThat(state(store)).as("the password is wrong").isEqualTo("28P01");
        Files.copy(postgres.passwordFile(), later, StandardCopyOption.REPLACE_EXISTING);
        Eventually.holds("the new password is read", () -> one(store) == 1);
        assertThat(store.away()).isFalse();
        postgres.kill();
        assertThatThrownBy(() -> one(store)).isInstanceOf(PostgresUnavailable.class);
      }
      try (PostgresServer again =
          PostgresServer.start(PostgresOptions.kept(folder.resolve("server"), port))) {
        Eventually.holds("it is found again", () -> one(store) == 1 && again.pid() > 0);
      }
    }
  }

  @Test
  void aSlowStatementIsEndedByTheServer() {
    try (PostgresStore store = store(TestPostgres.empty())) {
      PostgresUnavailable ended =
          catchThrowableOfType(
              PostgresUnavailable.class,
              () -> store.commit(dsl -> dsl.execute("SELECT pg_sleep(60)")));
      assertThat(ended.state()).isEqualTo("57014");
    }
  }

  @Test
  void aFrozenServerHoldsNobodyForLong() {
    try (PostgresServer postgres = PostgresServer.start(PostgresOptions.fleeting());
        PostgresStore store = store(new TestDatabase(postgres, "postgres"))) {
      assertThat(one(store)).isEqualTo(1);
      postgres.freeze();
      assertThat(state(store)).startsWith("08");
      postgres.thaw();
      Eventually.holds("it goes on", () -> one(store) == 1);
    }
  }

  @Test
  void aFullDiskIsAStateThatPasses() {
    TestDatabase database = TestPostgres.empty();
    database.execute(
        """
        CREATE FUNCTION full_disk() RETURNS void LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'no space left on device' USING ERRCODE = '53100'; END $$
        """);
    try (PostgresStore store = store(database)) {
      PostgresUnavailable full =
          catchThrowableOfType(
              PostgresUnavailable.class,
              () -> store.commit(dsl -> dsl.execute("SELECT full_disk()")));
      assertThat(full.state()).isEqualTo("53100");
    }
  }

  @Test
  void aClosedStoreKeepsNoConnection() {
    TestDatabase database = TestPostgres.empty();
    PostgresStore store = store(database);
    assertThat(one(store)).isEqualTo(1);
    store.close();
    Eventually.holds(
        "its connection is gone",
        () ->
            database
                .ask(
                    "SELECT pid FROM pg_stat_activity WHERE application_name = 'parley' AND datname = current_database()")
                .isEmpty());
  }

  private static int one(PostgresStore store) {
    return store.commit(dsl -> dsl.fetchOptional("SELECT 1").orElseThrow().get(0, Integer.class));
  }

  private static String state(PostgresStore store) {
    return catchThrowableOfType(PostgresUnavailable.class, () -> one(store)).state();
  }

  private PostgresStore store(TestDatabase database) {
    return PostgresStore.open(config(database), context);
  }

  private static PostgresConfig config(TestDatabase database) {
    return config(HostPort.parse(database.address()), database.name(), database.passwordFile());
  }

  private static PostgresConfig config(HostPort address, String database, Path password) {
    return new PostgresConfig(
        address, database, PostgresServer.ROLE, password, 2, Duration.ofMillis(500));
  }
}
