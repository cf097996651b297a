package parley.platform.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.platform.lifecycle.NodeContext;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisException;

/// Runs batches of scripts and returns when they are committed: the replies are in, and as many
/// replicas as required have what they tell of. The one way to Redis of whatever may leave a node.
/// Used by one thread.
///
/// A broken connection, or a server that is not (any more, yet) the primary of these keys, means
/// *unknown*, never failed: who is primary is asked anew and the **whole** batch is sent again, so
/// scripts must bear repetition. On a cluster each call goes to the owner of its keys' slot and
/// follows it when it moves; calls of one slot stay in their order.
public final class ScriptCommits implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ScriptCommits.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);
  private static final int MARKS = 1_000;

  private final RedisConfig config;
  private final String queue;
  private final CommitMetrics metrics;
  private final ReplicaWait replicas;
  private final Map<HostAndPort, ScriptConnection> connections = new ConcurrentHashMap<>();
  private final Map<HostAndPort, byte[]> marks = new HashMap<>();
  private Primaries primaries;
  private int firstMark;
  private volatile boolean closed;
  private boolean lost;
  private long incarnation;

  private ScriptCommits(
      RedisConfig config, Primaries primaries, String queue, NodeContext context) {
    this.config = config;
    this.queue = queue;
    this.metrics = new CommitMetrics(context.meters(), queue);
    this.replicas = new ReplicaWait(config, metrics);
    this.primaries = primaries;
    if (!primaries.isCluster()) {
      connection(primaries.of(new byte[0]));
    }
  }

  /// Connects; on a cluster to each primary on first use.
  ///
  /// @param queue what its figures and log lines are told by
  /// @throws RedisUnknown if no primary answers
  public static ScriptCommits open(RedisConfig config, String queue, NodeContext context) {
    return open(config, Primaries.find(config), queue, context);
  }

  /// As above, where it is known who is primary.
  static ScriptCommits open(
      RedisConfig config, Primaries primaries, String queue, NodeContext context) {
    return new ScriptCommits(config, primaries, queue, context);
  }

  /// Runs all calls and returns their replies in order, as [ScriptConnection#run] does.
  ///
  /// @throws RedisUnknown if it was not committed within some five seconds after it broke for the
  ///   first time; each call may or may not have run
  public List<Object> run(List<ScriptCall> calls) {
    long brokeAt = 0;
    Duration pause = Duration.ZERO;
    while (true) {
      try {
        return attempt(calls);
      } catch (ReplicasMissing missing) {
        disconnect();
        throw new RedisUnknown("not committed: " + missing.getMessage(), missing);
      } catch (RedisUnknown broken) {
        disconnect();
        long now = System.nanoTime();
        brokeAt = brokeAt == 0 ? now : brokeAt;
        if (closed
            || now - brokeAt > PATIENCE.toNanos()
            || Thread.currentThread().isInterrupted()) {
          throw broken;
        }
        metrics.sentAgain();
        LOG.atWarn()
            .addKeyValue("queue", queue)
            .addKeyValue("calls", calls.size())
            .log("batch broke, sending it again: {}", broken.getMessage());
      }
      LockSupport.parkNanos(pause.toNanos());
      pause = longer(pause);
    }
  }

  /// Grows whenever what was read before may belong to another history: a connection was made anew,
  /// or a slot has another owner.
  public long incarnation() {
    return incarnation;
  }

  /// Any thread: breaks a batch in flight, and nothing is connected any more.
  @Override
  public void close() {
    closed = true;
    connections.values().forEach(ScriptConnection::close);
  }

  private static Duration longer(Duration pause) {
    long millis = Math.max(FIRST_PAUSE.toMillis(), 2 * pause.toMillis());
    return Duration.ofMillis(Math.min(millis, LONGEST_PAUSE.toMillis()));
  }

  private List<Object> attempt(List<ScriptCall> calls) {
    if (lost) {
      lost = false;
      primaries = Primaries.find(config);
    }
    if (primaries.isCluster()) {
      return attemptOnCluster(calls);
    }
    HostAndPort primary = primaries.of(calls.getFirst().keys().getFirst());
    Exchange exchange = exchange(primary, calls, ScriptConnection.Redirect.NONE);
    exchange.begin();
    List<Object> replies = exchange.finish();
    for (Object reply : replies) {
      refuseWrongServer(Elsewhere.of(reply));
    }
    return replies;
  }

  private List<Object> attemptOnCluster(List<ScriptCall> calls) {
    @Nullable Object[] replies = new Object[calls.size()];
    Map<Integer, HostAndPort> asked = new HashMap<>();
    List<Integer> left = new ArrayList<>();
    for (int i = 0; i < replies.length; i++) {
      left.add(i);
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!left.isEmpty()) {
      if (System.nanoTime() - deadline > 0) {
        throw new RedisUnknown("calls are sent from server to server", new JedisException("MOVED"));
      }
      exchange(calls, left, asked, replies);
      left = elsewhere(left, asked, replies);
    }
    return Arrays.asList(replies);
  }

  /// All primaries work at once; what each executed is committed there.
  private void exchange(
      List<ScriptCall> calls,
      List<Integer> places,
      Map<Integer, HostAndPort> asked,
      @Nullable Object[] replies) {
    Map<Target, List<Integer>> parts = new LinkedHashMap<>();
    for (int place : places) {
      HostAndPort to = asked.get(place);
      Target target =
          to == null
              ? new Target(
                  primaries.of(calls.get(place).keys().getFirst()), ScriptConnection.Redirect.NONE)
              : new Target(to, ScriptConnection.Redirect.ASKING);
      parts.computeIfAbsent(target, _ -> new ArrayList<>()).add(place);
    }
    Map<Exchange, List<Integer>> exchanges = new LinkedHashMap<>();
    parts.forEach(
        (target, its) ->
            exchanges.put(
                exchange(target.to(), its.stream().map(calls::get).toList(), target.redirect()),
                its));
    exchanges.keySet().forEach(Exchange::begin);
    exchanges.forEach(
        (exchange, its) -> {
          List<Object> answers = exchange.finish();
          for (int i = 0; i < answers.size(); i++) {
            replies[its.get(i)] = answers.get(i);
          }
        });
  }

  /// The calls that did not run because their keys are somewhere else.
  private List<Integer> elsewhere(
      List<Integer> places, Map<Integer, HostAndPort> asked, @Nullable Object[] replies) {
    List<Integer> again = new ArrayList<>();
    boolean unstable = false;
    for (int place : places) {
      Elsewhere elsewhere = Elsewhere.of(replies[place]);
      refuseWrongServer(elsewhere);
      switch (elsewhere) {
        case Elsewhere.Nowhere _, Elsewhere.NotPrimary _ -> {}
        case Elsewhere.Moved(int slot, HostAndPort to) -> {
          primaries = primaries.with(slot, to);
          incarnation++;
          asked.remove(place);
          again.add(place);
        }
        case Elsewhere.Asked(HostAndPort to) -> {
          asked.put(place, to);
          again.add(place);
        }
        case Elsewhere.Between _ -> {
          asked.remove(place);
          again.add(place);
          unstable = true;
        }
      }
    }
    if (unstable) {
      LockSupport.parkNanos(FIRST_PAUSE.toNanos());
    }
    return again;
  }

  /// A server that is no primary for these keys is like a broken connection.
  private void refuseWrongServer(Elsewhere elsewhere) {
    boolean lost =
        elsewhere instanceof Elsewhere.NotPrimary
            || (!primaries.isCluster() && !(elsewhere instanceof Elsewhere.Nowhere));
    if (lost) {
      throw new RedisUnknown(elsewhere.toString(), new JedisException(elsewhere.toString()));
    }
  }

  private Exchange exchange(
      HostAndPort to, List<ScriptCall> calls, ScriptConnection.Redirect redirect) {
    return new Exchange(connection(to), calls, redirect, replicas, mark(to));
  }

  private ScriptConnection connection(HostAndPort primary) {
    ScriptConnection there = connections.get(primary);
    if (there == null) {
      there = ScriptConnection.to(primary);
      connections.put(primary, there);
      incarnation++;
    }
    if (closed) {
      there.close();
      throw new RedisUnknown("closed", new JedisException("closed"));
    }
    return there;
  }

  /// A key that this primary has. After a break another one is tried: a mark whose slot is moving
  /// must not stop the others.
  private byte[] mark(HostAndPort primary) {
    return marks.computeIfAbsent(
        primary,
        _ -> {
          for (int number = firstMark; number < firstMark + MARKS; number++) {
            byte[] mark = replicas.mark(number);
            if (primaries.of(mark).equals(primary)) {
              return mark;
            }
          }
          return replicas.mark(firstMark);
        });
  }

  private void disconnect() {
    connections.values().forEach(ScriptConnection::close);
    connections.clear();
    marks.clear();
    firstMark++;
    lost = true;
  }

  private record Target(HostAndPort to, ScriptConnection.Redirect redirect) {}
}
