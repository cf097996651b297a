package parley.identity.redis;

import parley.identity.core.port.Remembered;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.RedisConfig;
import parley.platform.redis.RedisStore;
import parley.platform.redis.ScriptQueue;

/// Everything that is remembered in Redis, over two shared connections: a pool for ordinary
/// commands, a queue for scripts.
public final class RedisMemory implements AutoCloseable {
  private final Lifecycle lifecycle = new Lifecycle();
  private final Remembered remembered;

  private RedisMemory(RedisConfig redis, NodeContext context) {
    RedisStore store = lifecycle.own(RedisStore.open(redis));
    try {
      ScriptQueue scripts = lifecycle.own(ScriptQueue.open(redis, context));
      String prefix = redis.prefix();
      this.remembered =
          new Remembered(
              new RedisFamilyNumbers(store, scripts, prefix),
              new RedisDevices(store, scripts, prefix),
              new RedisBans(store, prefix),
              new RedisChallenges(scripts, prefix, context.random()),
              new RedisRevocationLog(scripts, redis));
    } catch (RuntimeException failure) {
      lifecycle.close();
      throw failure;
    }
  }

  /// @throws parley.platform.redis.RedisUnknown if no primary answers
  public static RedisMemory open(RedisConfig redis, NodeContext context) {
    return new RedisMemory(redis, context);
  }

  public Remembered remembered() {
    return remembered;
  }

  @Override
  public void close() {
    lifecycle.close();
  }
}
