package parley.platform.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/// Scripts, pipelined, on one connection of their own. Used by one thread at a time.
///
/// A batch is written, flushed once, and read whole. What broke on the way is told as
/// [RedisUnknown], never as failed: the caller calls [#reconnect] and sends the whole batch again,
/// so scripts must bear repetition.
public final class ScriptConnection implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ScriptConnection.class);
  private static final Duration REPLY_PATIENCE = Duration.ofSeconds(5);
  private static final Duration RECONNECT_PATIENCE = Duration.ofSeconds(5);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

  private final HostAndPort address;
  private Connection connection;
  private long incarnation;

  private ScriptConnection(HostAndPort address) {
    this.address = address;
    this.connection = connect();
  }

  /// Connects.
  ///
  /// @throws RedisUnknown if no primary answers
  public static ScriptConnection open(RedisConfig config) {
    return new ScriptConnection(new HostAndPort(config.address().host(), config.address().port()));
  }

  /// Runs all calls in order and returns their replies in order: a Jedis reply object (`byte[]`,
  /// `Long`, `List`, null), or a [RedisRefusal] for a call that Redis answered with an error. A
  /// script that Redis does not know is loaded and its calls, none of which ran, are sent again.
  ///
  /// @throws RedisUnknown if the connection broke
  public List<Object> run(List<ScriptCall> calls) {
    try {
      List<Object> replies = send(calls);
      return anyUnknownScript(replies) ? loadAndRepeat(calls, replies) : replies;
    } catch (JedisException broken) {
      throw new RedisUnknown("connection to " + address + " broke: " + broken.getMessage(), broken);
    }
  }

  /// Connects anew, with back-off, to a primary.
  ///
  /// @throws RedisUnknown if none answered within five seconds; may be called again
  public void reconnect() {
    long deadline = System.nanoTime() + RECONNECT_PATIENCE.toNanos();
    Duration pause = FIRST_PAUSE;
    closeQuietly();
    while (true) {
      try {
        connection = connect();
        incarnation++;
        LOG.atInfo().addKeyValue("redis", address).log("connected again");
        return;
      } catch (RedisUnknown down) {
        if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
          throw down;
        }
        LockSupport.parkNanos(pause.toNanos());
        pause =
            pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
                ? LONGEST_PAUSE
                : pause.multipliedBy(2);
      }
    }
  }

  /// Grows by one at each [#reconnect]: what was read before may belong to another history.
  public long incarnation() {
    return incarnation;
  }

  @Override
  public void close() {
    closeQuietly();
  }

  private Connection connect() {
    try {
      Connection fresh = new Connection(address, RedisStore.clientConfig(REPLY_PATIENCE));
      fresh.connect();
      refuseReplica(fresh);
      return fresh;
    } catch (JedisException unreachable) {
      throw new RedisUnknown(
          "no primary at " + address + ": " + unreachable.getMessage(), unreachable);
    }
  }

  private static void refuseReplica(Connection fresh) {
    fresh.sendCommand(Protocol.Command.ROLE);
    List<Object> role = fresh.getObjectMultiBulkReply();
    String kind = redis.clients.jedis.util.SafeEncoder.encode((byte[]) role.getFirst());
    if (!kind.equals("master")) {
      fresh.close();
      throw new JedisException("role is '" + kind + "', expected master");
    }
  }

  private List<Object> send(List<ScriptCall> calls) {
    for (ScriptCall call : calls) {
      connection.sendCommand(arguments(call));
    }
    List<Object> replies = connection.getMany(calls.size());
    replies.replaceAll(
        reply ->
            reply instanceof JedisDataException error
                ? new RedisRefusal(String.valueOf(error.getMessage()), error)
                : reply);
    return replies;
  }

  private List<Object> loadAndRepeat(List<ScriptCall> calls, List<Object> replies) {
    List<Integer> places = new ArrayList<>();
    Set<LuaScript> missing = new HashSet<>();
    for (int i = 0; i < calls.size(); i++) {
      if (isUnknownScript(replies.get(i))) {
        places.add(i);
        missing.add(calls.get(i).script());
      }
    }
    missing.forEach(this::load);
    List<Object> repeated = send(places.stream().map(calls::get).toList());
    for (int i = 0; i < places.size(); i++) {
      replies.set(places.get(i), repeated.get(i));
    }
    return replies;
  }

  private void load(LuaScript script) {
    connection.sendCommand(
        new CommandArguments(Protocol.Command.SCRIPT)
            .add(Protocol.Keyword.LOAD)
            .add(script.source()));
    connection.getOne();
  }

  private static CommandArguments arguments(ScriptCall call) {
    CommandArguments arguments =
        new CommandArguments(Protocol.Command.EVALSHA)
            .add(call.script().sha())
            .add(call.keys().size());
    call.keys().forEach(arguments::add);
    call.args().forEach(arguments::add);
    return arguments;
  }

  private static boolean anyUnknownScript(List<Object> replies) {
    for (Object reply : replies) {
      if (isUnknownScript(reply)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isUnknownScript(Object reply) {
    return reply instanceof RedisRefusal refusal
        && refusal.getMessage() != null
        && refusal.getMessage().startsWith("NOSCRIPT");
  }

  private void closeQuietly() {
    try {
      connection.close();
    } catch (JedisException alreadyBroken) {
      LOG.atDebug().setCause(alreadyBroken).log("close of a broken connection");
    }
  }
}
