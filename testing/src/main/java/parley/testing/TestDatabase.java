package parley.testing;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import parley.backing.PostgresServer;

/// One database that a test has for itself, on the shared server or on one of its own.
public record TestDatabase(PostgresServer server, String name) {

  /// The JDBC address, without role and password.
  public String url() {
    return server.url(name);
  }

  /// `127.0.0.1:port`.
  public String address() {
    return server.address();
  }

  /// The role that owns it.
  public String role() {
    return PostgresServer.ROLE;
  }

  /// Holds the role's password.
  public Path passwordFile() {
    return server.passwordFile();
  }

  /// What a statement without answer does.
  public void execute(String statement) {
    try (Connection connection = server.connect(name)) {
      connection.createStatement().execute(statement);
    } catch (SQLException e) {
      throw new AssertionError(statement + ": " + e.getMessage(), e);
    }
  }

  /// The first column of all rows, as text.
  public List<String> ask(String question) {
    try (Connection connection = server.connect(name);
        ResultSet answer = connection.createStatement().executeQuery(question)) {
      List<String> rows = new ArrayList<>();
      while (answer.next()) {
        rows.add(answer.getString(1));
      }
      return rows;
    } catch (SQLException e) {
      throw new AssertionError(question + ": " + e.getMessage(), e);
    }
  }

  /// Every row of this table and its partitions, one a line, bytes in hex.
  public String dump(String table) {
    return String.join("\n", ask("SELECT t::text FROM " + table + " t"));
  }

  /// All tables that are not the server's own, as `schema.table`; partitions are counted with what
  /// they are parts of.
  public List<String> tables() {
    return ask(
        """
        SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
          AND n.nspname NOT IN ('pg_catalog', 'information_schema')
        ORDER BY 1
        """);
  }
}
