package parley.schema;

import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/// Brings a database to the newest schema: for each service its own migrations, with its own
/// history, in its own PostgreSQL schema. Several at once wait for each other.
public final class Migration {
  /// The services that keep something, by the names of their schemas.
  public static final List<String> SCHEMAS = List.of("session", "match");

  private Migration() {}

  /// @return how many migrations were applied, 0 if all had been
  /// @throws org.flywaydb.core.api.FlywayException if the database is not there, or what was
  ///   applied once is not what lies here
  public static int apply(DataSource database) {
    return SCHEMAS.stream().mapToInt(schema -> apply(database, schema)).sum();
  }

  private static int apply(DataSource database, String schema) {
    return Flyway.configure(Migration.class.getClassLoader())
        .dataSource(database)
        .schemas(schema)
        .locations("classpath:parley/schema/" + schema)
        .validateMigrationNaming(true)
        .cleanDisabled(true)
        .load()
        .migrate()
        .migrationsExecuted;
  }
}
