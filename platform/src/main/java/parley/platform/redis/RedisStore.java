package parley.platform.redis;

import java.time.Duration;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;

/// Ordinary commands on a pool of connections, off the hot path. Calls block; a command that finds
/// no connection within two seconds fails. Thread-safe.
public final class RedisStore implements AutoCloseable {
  private static final int CONNECTIONS = 16;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final RedisClient client;

  private RedisStore(RedisClient client) {
    this.client = client;
  }

  /// Opens the pool; connects on first use.
  public static RedisStore open(RedisConfig config) {
    ConnectionPoolConfig pool = new ConnectionPoolConfig();
    pool.setMaxTotal(CONNECTIONS);
    pool.setMaxWait(PATIENCE);
    pool.setJmxEnabled(false);
    return new RedisStore(
        RedisClient.builder()
            .hostAndPort(config.address().host(), config.address().port())
            .clientConfig(clientConfig(PATIENCE))
            .poolConfig(pool)
            .build());
  }

  public UnifiedJedis commands() {
    return client;
  }

  @Override
  public void close() {
    client.close();
  }

  static DefaultJedisClientConfig clientConfig(Duration patience) {
    int millis = Math.toIntExact(patience.toMillis());
    return DefaultJedisClientConfig.builder()
        .connectionTimeoutMillis(millis)
        .socketTimeoutMillis(millis)
        .build();
  }
}
