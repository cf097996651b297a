package parley.platform.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.GSSEncMode;

/// Opens connections, each anew, with the password as it stands in its file now.
///
/// Nothing that Postgres says about an error quotes a row: its details stay with the server.
public final class PostgresSource extends PGSimpleDataSource {
  private static final long serialVersionUID = 1L;
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(2);
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final transient PostgresConfig config;

  @SuppressWarnings("this-escape") // Its setters are the library's own.
  public PostgresSource(PostgresConfig config) {
    this.config = config;
    long millis = config.statementWithin().toMillis();
    setServerNames(new String[] {config.address().host()});
    setPortNumbers(new int[] {config.address().port()});
    setDatabaseName(config.database());
    setApplicationName("parley");
    setConnectTimeout(Math.toIntExact(CONNECT_WITHIN.toSeconds()));
    setSocketTimeout(Math.toIntExact(config.statementWithin().plus(GRACE).toSeconds()));
    setLoginTimeout(Math.toIntExact(CONNECT_WITHIN.toSeconds()));
    setSslResponseTimeout(Math.toIntExact(CONNECT_WITHIN.toMillis()));
    setCancelSignalTimeout(Math.toIntExact(CONNECT_WITHIN.toSeconds()));
    setGssEncMode(GSSEncMode.DISABLE.value);
    setTcpKeepAlive(true);
    setLogServerErrorDetail(false);
    setOptions(
        "-c statement_timeout=%d -c lock_timeout=%d -c idle_in_transaction_session_timeout=%d -c timezone=UTC"
            .formatted(millis, millis, millis));
  }

  @Override
  public Connection getConnection() throws SQLException {
    return getConnection(config.role(), password());
  }

  private String password() throws SQLException {
    try {
      return Files.readString(config.passwordFile()).strip();
    } catch (IOException e) {
      throw new SQLException(
          "the password file " + config.passwordFile() + " cannot be read", "28000", e);
    }
  }
}
