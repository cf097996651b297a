package parley.testing;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import parley.backing.PostgresOptions;
import parley.backing.PostgresServer;

/// One real PostgreSQL for all tests of this JVM, started on first use and gone with the JVM.
///
/// Each test class takes a database of its own. A test that stops, kills, freezes or fills its
/// server starts one of its own ([PostgresServer#start]).
public final class TestPostgres {
  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static final Map<String, String> TEMPLATES = new ConcurrentHashMap<>();

  private TestPostgres() {}

  /// A database with nothing in it.
  public static TestDatabase empty() {
    return made(null);
  }

  /// A database that holds what `fill` made. It is filled once in this JVM and copied for every
  /// further caller of the same name, which takes a tenth of a second.
  ///
  /// @param name of what is in it; lower case letters
  /// @param fill must close every connection it opens, or the copy is refused
  public static TestDatabase from(String name, Consumer<TestDatabase> fill) {
    return made(
        TEMPLATES.computeIfAbsent(
            name,
            wanted -> {
              TestDatabase template = new TestDatabase(Server.SHARED, "template_" + wanted);
              Server.SHARED.create(template.name(), null);
              fill.accept(template);
              return template.name();
            }));
  }

  private static TestDatabase made(@Nullable String template) {
    TestDatabase database = new TestDatabase(Server.SHARED, "t" + DATABASES.incrementAndGet());
    Server.SHARED.create(database.name(), template);
    return database;
  }

  private static final class Server {
    private static final PostgresServer SHARED = PostgresServer.start(PostgresOptions.fleeting());
  }
}
