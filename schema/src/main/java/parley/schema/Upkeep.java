package parley.schema;

import java.sql.SQLException;
import java.time.Duration;
import org.flywaydb.core.api.FlywayException;
import parley.platform.config.Settings;
import parley.platform.postgres.PostgresConfig;
import parley.platform.postgres.PostgresSource;

/// What must be done to the database before services write to it, and again every day: the newest
/// schema, room for the weeks to come, and no week that is older than is kept. Doing it again
/// changes nothing.
public final class Upkeep {
  /// A migration may have to rewrite a table.
  private static final Duration STATEMENT_WITHIN = Duration.ofMinutes(10);

  private Upkeep() {}

  /// The job: reads its settings, does it, and says what it did.
  ///
  /// @throws NotKept if the database is away or refuses
  static String run(Settings settings) {
    PostgresConfig postgres = PostgresConfig.read(settings);
    Keeping keeping = Keeping.read(settings);
    settings.check();
    return run(postgres, keeping);
  }

  /// As above, on this database.
  ///
  /// @return a sentence
  public static String run(PostgresConfig postgres, Keeping keeping) {
    PostgresSource database = new PostgresSource(postgres.within(STATEMENT_WITHIN));
    try {
      int migrations = Migration.apply(database);
      Weeks.Done weeks = Weeks.keep(database, keeping);
      return "%d migrations applied, %d weekly parts made, %d dropped"
          .formatted(migrations, weeks.made().size(), weeks.dropped().size());
    } catch (FlywayException | SQLException e) {
      throw new NotKept(
          "the database %s at %s could not be brought up to date: %s"
              .formatted(postgres.database(), postgres.address(), e.getMessage()),
          e);
    }
  }
}
