package parley.schema;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.ForcedType;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.SchemaMappingType;
import org.jooq.meta.jaxb.Target;
import parley.backing.PostgresOptions;
import parley.backing.PostgresServer;

/// Makes the jOOQ types: starts a real PostgreSQL, migrates it, and reads it. Run by the build when
/// a migration or this file changed; always on the embedded build, so that the types are the same
/// on every machine.
///
/// Arguments: the folder of the migrations, where the types go, and the schemas' names.
public final class GenerateTables {
  private static final String DATABASE = "generated";

  private GenerateTables() {}

  public static void main(String[] args) throws Exception {
    Path migrations = Path.of(args[0]);
    List<String> schemas = List.of(args).subList(2, args.length);
    PostgresOptions options = PostgresOptions.fleeting().from(PostgresOptions.Origin.EMBEDDED);
    try (PostgresServer postgres = PostgresServer.start(options)) {
      postgres.create(DATABASE, null);
      for (String schema : schemas) {
        migrate(postgres, schema, migrations.resolve(schema));
      }
      generate(postgres, schemas, Path.of(args[1]));
    }
  }

  private static void migrate(PostgresServer postgres, String schema, Path migrations) {
    Flyway.configure()
        .dataSource(postgres.url(DATABASE), PostgresServer.ROLE, postgres.password())
        .schemas(schema)
        .locations("filesystem:" + migrations)
        .load()
        .migrate();
  }

  private static void generate(PostgresServer postgres, List<String> schemas, Path target)
      throws Exception {
    try (var connection = postgres.connect(DATABASE)) {
      GenerationTool tool = new GenerationTool();
      tool.setConnection(connection);
      tool.run(
          new Configuration()
              .withLogging(Logging.WARN)
              .withJdbc(new Jdbc())
              .withGenerator(
                  new Generator()
                      .withDatabase(database(schemas))
                      .withGenerate(
                          new Generate().withGlobalCatalogReferences(false).withRecords(true))
                      .withTarget(
                          new Target()
                              .withPackageName("parley.tables")
                              .withDirectory(target.toString()))));
    } catch (SQLException e) {
      throw new IllegalStateException("the migrated schema cannot be read", e);
    }
  }

  private static Database database(List<String> schemas) {
    return new Database()
        .withSchemata(
            schemas.stream().map(name -> new SchemaMappingType().withInputSchema(name)).toList())
        .withExcludes("flyway_.*")
        .withOutputCatalogToDefault(true)
        .withForcedTypes(
            new ForcedType()
                .withName("INSTANT")
                .withIncludeTypes("(?i:timestamptz|timestamp with time zone)"));
  }
}
