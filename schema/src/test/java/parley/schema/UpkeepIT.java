package parley.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import parley.backing.FreePort;
import parley.platform.config.ConfigFaults;
import parley.platform.config.HostPort;
import parley.platform.config.Settings;
import parley.platform.postgres.PostgresConfig;
import parley.platform.postgres.PostgresSource;
import parley.testing.TestDatabase;
import parley.testing.TestPostgres;

class UpkeepIT {
  private static final Keeping KEEPING = Keeping.DEFAULTS;

  @Test
  void anEmptyDatabaseGetsAllTablesAndRoomForTheWeeksToCome() {
    TestDatabase database = TestPostgres.empty();
    String said = Upkeep.run(config(database), KEEPING);
    assertThat(said).isEqualTo("4 migrations applied, 24 weekly parts made, 0 dropped");
    assertThat(database.tables())
        .contains(
            "match.blocks",
            "session.sessions",
            "session.members",
            "session.reports",
            "session.evidence");
    database.execute(session("now()"));
    database.execute(session("now() + interval '28 days'"));
    database.execute(session("now() - interval '7 days'"));
    assertThat(
            database.ask(
                "SELECT lasted FROM session.sessions WHERE opened < now() - interval '1 h'"))
        .containsExactly("00:05:00");
  }

  @Test
  void doingItAgainChangesNothing() {
    TestDatabase database = TestPostgres.empty();
    Upkeep.run(config(database), KEEPING);
    database.execute(session("now()"));
    assertThat(Upkeep.run(config(database), KEEPING))
        .isEqualTo("0 migrations applied, 0 weekly parts made, 0 dropped");
    assertThat(database.ask("SELECT count(*) FROM session.sessions")).containsExactly("1");
  }

  @Test
  void severalAtOnceWaitForEachOther() {
    TestDatabase database = TestPostgres.empty();
    List<String> said =
        IntStream.range(0, 4)
            .parallel()
            .mapToObj(run -> Upkeep.run(config(database), KEEPING))
            .toList();
    assertThat(said).hasSize(4);
    assertThat(parts(database, "sessions")).hasSize(6);
  }

  @Test
  void aWeekIsDroppedWhenItsLastMomentIsOlderThanIsKept() {
    TestDatabase database = TestPostgres.empty();
    Upkeep.run(config(database), KEEPING);
    for (int weeks : List.of(12, 15, 50, 54)) {
      week(database, "sessions", weeks);
      week(database, "reports", weeks);
    }
    Upkeep.run(config(database), KEEPING);
    assertThat(parts(database, "sessions")).as("12 weeks ago is kept, 15 is not").hasSize(7);
    assertThat(parts(database, "reports")).as("50 weeks ago is kept, 54 is not").hasSize(9);
  }

  @Test
  void aRowOfLongAgoGetsRoomUntilItIsDroppedInItsTime() throws SQLException {
    TestDatabase database = TestPostgres.empty();
    Upkeep.run(config(database), KEEPING);
    Instant longAgo = Instant.now().minus(Duration.ofDays(200));
    Weeks.make(new PostgresSource(config(database)), List.of(longAgo, longAgo));
    database.execute(session("now() - interval '200 days'"));
    assertThat(parts(database, "sessions")).hasSize(7);
    assertThat(Upkeep.run(config(database), KEEPING))
        .as("sessions and members; reports are kept for a year")
        .isEqualTo("0 migrations applied, 0 weekly parts made, 2 dropped");
  }

  @Test
  void nothingIsKeptThatShallNotBeButTheNewest() {
    TestDatabase database = TestPostgres.empty();
    Upkeep.run(config(database), KEEPING);
    week(database, "sessions", 2);
    Upkeep.run(config(database), new Keeping(Duration.ZERO, Duration.ZERO, 1));
    assertThat(parts(database, "sessions")).as("last week, this, and what was ahead").hasSize(6);
  }

  @Test
  void aDatabaseThatIsAwayIsASentence() {
    PostgresConfig nowhere =
        new PostgresConfig(
            new HostPort("127.0.0.1", FreePort.any()),
            "parley",
            "parley",
            TestPostgres.empty().passwordFile(),
            1,
            Duration.ofSeconds(1));
    assertThatThrownBy(() -> Upkeep.run(nowhere, KEEPING))
        .isInstanceOf(NotKept.class)
        .hasMessageStartingWith("the database parley at 127.0.0.1:")
        .hasMessageContaining("could not be brought up to date");
  }

  @Test
  void theShippedSampleIsReadAndItsDefaultsAreTheCodes() {
    Path password = TestPostgres.empty().passwordFile();
    Settings settings =
        Settings.read(
            Path.of("config/migrate.yaml"),
            Map.of("PARLEY_POSTGRES_PASSWORD_FILE", password.toString()));
    PostgresConfig postgres = PostgresConfig.read(settings);
    assertThat(Keeping.read(settings)).isEqualTo(Keeping.DEFAULTS);
    settings.check();
    assertThat(postgres.passwordFile()).isEqualTo(password);
  }

  @Test
  void faultsOfItsSettingsAreToldAtOnce() {
    Settings settings = Settings.of(Map.of("postgres.address", "nowhere", "keep.sessions", "soon"));
    assertThatThrownBy(() -> Upkeep.run(settings))
        .isInstanceOfSatisfying(
            ConfigFaults.class, faults -> assertThat(faults.faults()).hasSize(3));
  }

  private static String session(String opened) {
    return "INSERT INTO session.sessions (id, opened, mode, cohort, closed) VALUES (decode(repeat('ab', 16), 'hex'), %1$s, 'text', 'adult', %1$s + interval '5 min')"
        .formatted(opened);
  }

  private static void week(TestDatabase database, String table, int ago) {
    database.execute(
        """
        DO $$ DECLARE monday date := date_trunc('week', now() AT TIME ZONE 'UTC')::date - 7 * %2$d;
        BEGIN EXECUTE format(
          'CREATE TABLE session.%1$s_%%s PARTITION OF session.%1$s FOR VALUES FROM (%%L) TO (%%L)',
          to_char(monday, 'YYYYMMDD'), monday || 'T00:00Z', monday + 7 || 'T00:00Z'); END $$
        """
            .formatted(table, ago));
  }

  private static List<String> parts(TestDatabase database, String table) {
    return database.ask(
        "SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = 'session."
            + table
            + "'::regclass");
  }

  private static PostgresConfig config(TestDatabase database) {
    return new PostgresConfig(
        HostPort.parse(database.address()),
        database.name(),
        database.role(),
        database.passwordFile(),
        1,
        Duration.ofSeconds(5));
  }
}
