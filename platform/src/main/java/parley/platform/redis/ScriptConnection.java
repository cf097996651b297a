package parley.platform.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/// Scripts, pipelined, on one connection of their own to one primary. Used by one thread at a time.
///
/// A batch is written, flushed once, and read whole. What broke on the way is told as
/// [RedisUnknown], never as failed, and the connection is of no more use. What was answered is
/// executed, not yet committed: see [ScriptCommits].
public final class ScriptConnection implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ScriptConnection.class);
  private static final Duration REPLY_PATIENCE = Duration.ofSeconds(3);
  private static final JedisClientConfig CLIENT =
      DefaultJedisClientConfig.builder()
          .from(RedisStore.clientConfig(REPLY_PATIENCE))
          .protocol(RedisProtocol.RESP2)
          .build();
  private static final byte[] ONE = {'1'};
  private static final Duration MARK_LIVES = Duration.ofHours(1);

  private final Pipe pipe;
  private final Set<LuaScript> loaded = new HashSet<>();
  private int loading;

  private ScriptConnection(HostAndPort address) {
    this.pipe = connect(address);
  }

  /// Connects to the primary that has this key.
  ///
  /// @throws RedisUnknown if none answers
  public static ScriptConnection open(RedisConfig config, byte[] key) {
    return to(Primaries.find(config).of(key));
  }

  /// @throws RedisUnknown if it does not answer or is no primary
  static ScriptConnection to(HostAndPort primary) {
    return new ScriptConnection(primary);
  }

  /// Runs all calls in order and returns their replies in order: a Jedis reply object (`byte[]`,
  /// `Long`, `List`, null), or a [RedisRefusal] for a call that Redis answered with an error. Each
  /// script is loaded before its first use here; if Redis forgot one since (`SCRIPT FLUSH`), the
  /// whole batch is run again, so scripts must bear repetition.
  ///
  /// @throws RedisUnknown if the connection broke
  public List<Object> run(List<ScriptCall> calls) {
    write(calls, Redirect.NONE);
    push();
    List<Object> replies = receive(calls.size(), Redirect.NONE);
    repeatIfForgotten(calls, replies, Redirect.NONE);
    return replies;
  }

  /// Gives the calls to the connection; they leave with [#push].
  void write(List<ScriptCall> calls, Redirect redirect) {
    try {
      for (ScriptCall call : calls) {
        if (loaded.add(call.script())) {
          sendLoad(call.script());
          loading++;
        }
      }
      calls.forEach(call -> send(byHash(call), redirect));
    } catch (JedisException broken) {
      throw unknown(broken);
    }
  }

  void push() {
    try {
      pipe.push();
    } catch (JedisException broken) {
      throw unknown(broken);
    }
  }

  List<Object> receive(int calls, Redirect redirect) {
    try {
      for (; loading > 0; loading--) {
        pipe.getOne();
      }
      List<Object> replies =
          redirect == Redirect.ASKING ? everySecond(pipe.getMany(2 * calls)) : pipe.getMany(calls);
      replies.replaceAll(
          reply ->
              reply instanceof JedisDataException error
                  ? new RedisRefusal(String.valueOf(error.getMessage()), error)
                  : reply);
      return replies;
    } catch (JedisException broken) {
      throw unknown(broken);
    }
  }

  /// If the server has forgotten a script, runs the whole batch again and replaces its replies:
  /// were only the calls repeated that did not run, they would come after others that were asked
  /// for later. Scripts go along as text now, which no second flush can take away. False if the
  /// server knew all.
  boolean repeatIfForgotten(List<ScriptCall> calls, List<Object> replies, Redirect redirect) {
    if (replies.stream().noneMatch(ScriptConnection::isUnknownScript)) {
      return false;
    }
    loaded.clear();
    try {
      calls.forEach(call -> send(withText(call), redirect));
      pipe.push();
    } catch (JedisException broken) {
      throw unknown(broken);
    }
    List<Object> repeated = receive(calls.size(), redirect);
    for (int i = 0; i < repeated.size(); i++) {
      replies.set(i, repeated.get(i));
    }
    return true;
  }

  /// Writes a mark, and asks how many replicas have everything up to it; [#replicas] answers. The
  /// mark makes the answer true: a server counts only what this connection wrote, and a new
  /// connection, or (on Valkey) a command that changed nothing, has written nothing that could be
  /// missing.
  ///
  /// @param atMost how long Redis may wait for them; it answers up to a tenth of a second later
  void askReplicas(byte[] mark, int required, Duration atMost) {
    try {
      pipe.sendCommand(
          new CommandArguments(Protocol.Command.SET)
              .add(mark)
              .add(ONE)
              .add(Protocol.Keyword.PX)
              .add(MARK_LIVES.toMillis()));
      pipe.sendCommand(
          new CommandArguments(Protocol.Command.WAIT).add(required).add(atMost.toMillis()));
    } catch (JedisException broken) {
      throw unknown(broken);
    }
  }

  /// @return how many have it; fewer than were required only if the time was over
  /// @throws RedisUnknown if the connection broke, or the mark's key is not here (any more)
  int replicas() {
    try {
      pipe.getOne();
      return Math.toIntExact((Long) pipe.getOne());
    } catch (JedisException broken) {
      throw unknown(broken);
    }
  }

  @Override
  public void close() {
    try {
      pipe.close();
    } catch (JedisException alreadyBroken) {
      LOG.atDebug().setCause(alreadyBroken).log("close of a broken connection");
    }
  }

  private static Pipe connect(HostAndPort address) {
    try {
      return primary(new Pipe(address));
    } catch (JedisException unreachable) {
      throw new RedisUnknown(
          "no primary at " + address + ": " + unreachable.getMessage(), unreachable);
    }
  }

  private static Pipe primary(Pipe fresh) {
    try {
      refuseReplica(fresh);
      return fresh;
    } catch (JedisException unfit) {
      fresh.close();
      throw unfit;
    }
  }

  private static void refuseReplica(Connection fresh) {
    fresh.sendCommand(Protocol.Command.ROLE);
    List<Object> role = fresh.getObjectMultiBulkReply();
    String kind = redis.clients.jedis.util.SafeEncoder.encode((byte[]) role.getFirst());
    if (!kind.equals("master")) {
      throw new JedisException("role is '" + kind + "', expected master");
    }
  }

  private void send(CommandArguments call, Redirect redirect) {
    if (redirect == Redirect.ASKING) {
      pipe.sendCommand(Protocol.Command.ASKING);
    }
    pipe.sendCommand(call);
  }

  /// Without the answers to ASKING.
  private static List<Object> everySecond(List<Object> replies) {
    List<Object> second = new ArrayList<>(replies.size() / 2);
    for (int i = 1; i < replies.size(); i += 2) {
      second.add(replies.get(i));
    }
    return second;
  }

  private void sendLoad(LuaScript script) {
    pipe.sendCommand(
        new CommandArguments(Protocol.Command.SCRIPT)
            .add(Protocol.Keyword.LOAD)
            .add(script.source()));
  }

  private RedisUnknown unknown(JedisException broken) {
    return new RedisUnknown(
        "connection to " + pipe.getHostAndPort() + " broke: " + broken.getMessage(), broken);
  }

  private static CommandArguments byHash(ScriptCall call) {
    return arguments(new CommandArguments(Protocol.Command.EVALSHA).add(call.script().sha()), call);
  }

  private static CommandArguments withText(ScriptCall call) {
    return arguments(new CommandArguments(Protocol.Command.EVAL).add(call.script().source()), call);
  }

  private static CommandArguments arguments(CommandArguments command, ScriptCall call) {
    command.add(call.keys().size());
    call.keys().forEach(command::add);
    call.args().forEach(command::add);
    return command;
  }

  private static boolean isUnknownScript(Object reply) {
    return reply instanceof RedisRefusal refusal
        && refusal.getMessage() != null
        && refusal.getMessage().startsWith("NOSCRIPT");
  }

  /// Why a call is sent to this server.
  enum Redirect {
    /// It has the key's slot.
    NONE,
    /// The owner of the slot, which is about to move here, said so.
    ASKING
  }

  /// One that can be flushed before it is read, so that several servers work at once.
  private static final class Pipe extends Connection {
    Pipe(HostAndPort address) {
      super(address, CLIENT);
    }

    void push() {
      flush();
    }
  }
}
