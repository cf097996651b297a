package parley.platform.redis;

import org.jspecify.annotations.Nullable;

/// Who waits for one call's reply. Called once, on the queue's thread; must not block.
public interface ScriptReply {
  /// The whole batch was committed. A Jedis reply object: `byte[]`, `Long`, `List` or null.
  void answered(@Nullable Object reply);

  /// [RedisRefusal]: Redis answered this call with an error. [RedisUnknown]: Redis stayed away too
  /// long; the call may or may not have run. [NotQueued]: the queue is closed or full, the call did
  /// not run.
  void failed(RuntimeException why);
}
