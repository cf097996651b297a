package parley.platform.redis;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/// Ordinary commands on a pool of connections, off the hot path: to the primary, or on a cluster to
/// whoever has the key. Calls block; a command that finds no connection within two seconds fails.
/// After a server broke or turned out to be no primary, who is one is asked anew. Thread-safe.
public final class RedisStore implements AutoCloseable {
  private static final int CONNECTIONS = 16;
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final byte[] ANY_KEY = new byte[0];

  private final RedisConfig config;
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicReference<@Nullable UnifiedJedis> client = new AtomicReference<>();
  private boolean closed;

  private RedisStore(RedisConfig config) {
    this.config = config;
  }

  /// Connects on first use.
  public static RedisStore open(RedisConfig config) {
    return new RedisStore(config);
  }

  /// Runs one command, once.
  ///
  /// @throws RedisRefusal if Redis answered it with an error
  /// @throws RedisUnknown if it may or may not have run, or no primary answers
  public <T> T ask(Function<UnifiedJedis, T> command) {
    UnifiedJedis asked = commands();
    try {
      return command.apply(asked);
    } catch (JedisDataException refused) {
      var refusal = new RedisRefusal(String.valueOf(refused.getMessage()), refused);
      if (Elsewhere.of(refusal) instanceof Elsewhere.Nowhere) {
        throw refusal;
      }
      leave(asked);
      throw new RedisUnknown("not a primary: " + refused.getMessage(), refused);
    } catch (JedisConnectionException broken) {
      leave(asked);
      throw new RedisUnknown("no answer from Redis: " + broken.getMessage(), broken);
    } catch (JedisException broken) {
      throw new RedisUnknown("no answer from Redis: " + broken.getMessage(), broken);
    }
  }

  /// For a moment only: after a break [#ask] uses another one.
  ///
  /// @throws RedisUnknown if no primary answers
  public UnifiedJedis commands() {
    lock.lock();
    try {
      if (closed) {
        throw new RedisUnknown("store is closed", new JedisException("closed"));
      }
      UnifiedJedis now = client.get();
      if (now == null) {
        now = connect();
        client.set(now);
      }
      return now;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      UnifiedJedis now = client.getAndSet(null);
      if (now != null) {
        now.close();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Those who use it now keep their connections until they give them back.
  private void leave(UnifiedJedis left) {
    if (client.compareAndSet(left, null)) {
      left.close();
    }
  }

  private UnifiedJedis connect() {
    Primaries primaries = Primaries.find(config);
    ConnectionPoolConfig pool = new ConnectionPoolConfig();
    pool.setMaxTotal(CONNECTIONS);
    pool.setMaxWait(PATIENCE);
    pool.setJmxEnabled(false);
    if (primaries.isCluster()) {
      Set<HostAndPort> nodes =
          config.addresses().stream()
              .map(address -> new HostAndPort(address.host(), address.port()))
              .collect(Collectors.toSet());
      return RedisClusterClient.builder()
          .nodes(nodes)
          .clientConfig(clientConfig(PATIENCE))
          .poolConfig(pool)
          .build();
    }
    return RedisClient.builder()
        .hostAndPort(primaries.of(ANY_KEY))
        .clientConfig(clientConfig(PATIENCE))
        .poolConfig(pool)
        .build();
  }

  static DefaultJedisClientConfig clientConfig(Duration patience) {
    int millis = Math.toIntExact(patience.toMillis());
    return DefaultJedisClientConfig.builder()
        .connectionTimeoutMillis(millis)
        .socketTimeoutMillis(millis)
        .build();
  }
}
