package parley.match.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parley.match.core.port.PoolUnavailable;
import parley.platform.redis.LuaScript;
import parley.platform.redis.RedisRefusal;
import parley.platform.redis.RedisUnknown;
import parley.platform.redis.ScriptCall;
import parley.platform.redis.ScriptQueue;

/// Runs scripts for the pool, with its words: texts in, [PoolUnavailable] for whatever keeps Redis
/// from answering. Blocks; for virtual threads.
final class ScriptRunner {
  private final ScriptQueue queue;
  private final PoolMeters meters;

  ScriptRunner(ScriptQueue queue, PoolMeters meters) {
    this.queue = queue;
    this.meters = meters;
  }

  /// The script's answer.
  ScriptAnswer run(LuaScript script, List<String> keys, List<String> args) {
    return runBytes(script, keys, args.stream().map(arg -> arg.getBytes(UTF_8)).toList());
  }

  ScriptAnswer runBytes(LuaScript script, List<String> keys, List<byte[]> args) {
    List<byte[]> names = keys.stream().map(key -> key.getBytes(UTF_8)).toList();
    long start = System.nanoTime();
    try {
      ScriptAnswer answer = new ScriptAnswer(queue.run(new ScriptCall(script, names, args)));
      meters.took(script, Duration.ofNanos(System.nanoTime() - start));
      return answer;
    } catch (RedisRefusal | RedisUnknown | IllegalStateException unavailable) {
      throw new PoolUnavailable("Redis did not answer " + script.name(), unavailable);
    }
  }

  /// As [ScriptQueue#incarnation].
  long incarnation(String key) {
    return queue.incarnation(key.getBytes(UTF_8));
  }

  static List<byte[]> bytes(Stream<String> texts) {
    return texts.map(text -> text.getBytes(UTF_8)).toList();
  }

  /// What a script returned: a number, or a list of texts and bytes.
  record ScriptAnswer(@Nullable Object reply) {
    String text(int at) {
      return new String(bytes(at), UTF_8);
    }

    byte[] bytes(int at) {
      return (byte[]) items().get(at);
    }

    long number(int at) {
      return (Long) items().get(at);
    }

    int size() {
      return items().size();
    }

    boolean isOne() {
      return Long.valueOf(1).equals(reply);
    }

    private List<?> items() {
      if (reply instanceof List<?> items) {
        return items;
      }
      throw new IllegalStateException("script answered " + reply + ", expected a list");
    }
  }
}
