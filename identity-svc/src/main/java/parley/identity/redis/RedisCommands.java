package parley.identity.redis;

import java.time.Duration;
import parley.platform.redis.RedisStore;
import redis.clients.jedis.params.SetParams;

/// The few ordinary commands of this service; what breaks is told as [RedisStore#ask] says.
final class RedisCommands {
  private static final byte[] SET = {'1'};

  private final RedisStore store;

  RedisCommands(RedisStore store) {
    this.store = store;
  }

  void mark(byte[] key, Duration kept) {
    set(key, SET, kept);
  }

  void set(byte[] key, byte[] value, Duration kept) {
    store.ask(jedis -> jedis.set(key, value, SetParams.setParams().px(kept.toMillis())));
  }

  boolean exists(byte[] key) {
    return store.ask(jedis -> jedis.exists(key));
  }

  /// How long the key is still there; zero or less if it is not.
  Duration left(byte[] key) {
    return Duration.ofMillis(store.ask(jedis -> jedis.pttl(key)));
  }

  void delete(byte[] key) {
    store.ask(jedis -> jedis.del(key));
  }
}
