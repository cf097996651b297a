package parley.platform.postgres;

import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.DataSourceConnectionFactory;
import org.apache.commons.dbcp2.PoolableConnection;
import org.apache.commons.dbcp2.PoolableConnectionFactory;
import org.apache.commons.dbcp2.PoolingDataSource;
import org.apache.commons.pool2.impl.GenericObjectPool;

/// A few connections that are opened when they are asked for, by the thread that asks, and tried
/// before they are lent. A pool that opens them in a thread of its own would answer an absent
/// server with silence instead of its refusal, and find it again later than its callers could.
final class PostgresPool implements AutoCloseable {
  private static final Duration LENT_WITHIN = Duration.ofSeconds(2);
  private static final Duration ALIVE_WITHIN = Duration.ofSeconds(1);
  private static final Duration LIFE = Duration.ofMinutes(10);

  private final PoolingDataSource<PoolableConnection> source;

  private PostgresPool(GenericObjectPool<PoolableConnection> connections) {
    this.source = new PoolingDataSource<>(connections);
  }

  static PostgresPool over(PostgresConfig config) {
    PoolableConnectionFactory factory =
        new PoolableConnectionFactory(
            new DataSourceConnectionFactory(new PostgresSource(config)), null);
    factory.setValidationQueryTimeout(ALIVE_WITHIN);
    factory.setMaxConn(LIFE);
    GenericObjectPool<PoolableConnection> connections = new GenericObjectPool<>(factory);
    connections.setMaxTotal(config.connections());
    connections.setMaxIdle(config.connections());
    connections.setMaxWait(LENT_WITHIN);
    connections.setTestOnBorrow(true);
    factory.setPool(connections);
    return new PostgresPool(connections);
  }

  DataSource source() {
    return source;
  }

  /// Closes what is not lent now, and what is lent when it comes back.
  @Override
  public void close() {
    try {
      source.close();
    } catch (SQLException stuck) {
      throw new IllegalStateException(stuck);
    }
  }
}
