package parley.platform.discovery;

import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.platform.redis.LuaScript;
import parley.platform.redis.RedisConfig;
import parley.platform.redis.RedisRefusal;
import parley.platform.redis.ScriptCall;
import parley.platform.redis.ScriptConnection;

/// Runs the directory's scripts. Connects on first use, and anew after any failure. Used by one
/// thread at a time.
final class DirectoryConnection implements AutoCloseable {
  private final RedisConfig redis;
  private final List<byte[]> keys;
  private @Nullable ScriptConnection connection;

  DirectoryConnection(RedisConfig redis) {
    this.redis = redis;
    this.keys = new DiscoveryKeys(redis.prefix()).all();
  }

  /// @throws RedisRefusal if Redis answered with an error, `RedisUnknown` if it did not answer
  Object run(LuaScript script, List<byte[]> args) {
    try {
      Object reply = connected().run(List.of(new ScriptCall(script, keys, args))).getFirst();
      if (reply instanceof RedisRefusal refusal) {
        throw refusal;
      }
      return reply;
    } catch (RuntimeException failure) {
      close();
      throw failure;
    }
  }

  @Override
  public void close() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }

  private ScriptConnection connected() {
    if (connection == null) {
      connection = ScriptConnection.open(redis, keys.getFirst());
    }
    return connection;
  }
}
