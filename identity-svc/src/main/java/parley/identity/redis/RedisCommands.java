package parley.identity.redis;

import java.time.Duration;
import parley.platform.redis.RedisRefusal;
import parley.platform.redis.RedisStore;
import parley.platform.redis.RedisUnknown;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.SetParams;

/// The few ordinary commands of this service; what breaks is told in the words of
/// [parley.platform.redis].
final class RedisCommands {
  private static final byte[] SET = {'1'};

  private final UnifiedJedis jedis;

  RedisCommands(RedisStore store) {
    this.jedis = store.commands();
  }

  void mark(byte[] key, Duration kept) {
    set(key, SET, kept);
  }

  void set(byte[] key, byte[] value, Duration kept) {
    ask(() -> jedis.set(key, value, SetParams.setParams().px(kept.toMillis())));
  }

  boolean exists(byte[] key) {
    return ask(() -> jedis.exists(key));
  }

  /// How long the key is still there; zero or less if it is not.
  Duration left(byte[] key) {
    return Duration.ofMillis(ask(() -> jedis.pttl(key)));
  }

  void delete(byte[] key) {
    ask(() -> jedis.del(key));
  }

  private static <T> T ask(Command<T> command) {
    try {
      return command.run();
    } catch (JedisDataException refused) {
      throw new RedisRefusal(String.valueOf(refused.getMessage()), refused);
    } catch (JedisException broken) {
      throw new RedisUnknown("no answer from Redis: " + broken.getMessage(), broken);
    }
  }

  private interface Command<T> {
    T run();
  }
}
