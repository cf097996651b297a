package parley.platform.notice;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.domain.NodeId;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.Primaries;
import parley.platform.redis.RedisConfig;
import parley.platform.redis.RedisUnknown;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/// One node's channel on Redis Pub/Sub, and the way to the other nodes' channels; on a cluster each
/// channel is at the one primary that has its slot (sharded Pub/Sub).
///
/// A notice is a hint: those to one node arrive in the order they were given, but any may be lost
/// (a broken connection, a full queue, nobody listening). Whoever depends on more asks the truth
/// after [NoticeListener#missed] and from time to time. A node tells itself something every two
/// seconds: where that does not arrive, it subscribes anew, at whoever is primary then.
public final class Notices implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Notices.class);
  private static final int LONGEST_QUEUE = 10_000;
  private static final int LARGEST_BATCH = 256;
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration BEAT = Duration.ofSeconds(2);
  private static final Duration SILENCE = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final byte[] NOTHING = new byte[0];

  private final RedisConfig redis;
  private final String channelPrefix;
  private final byte[] ownChannel;
  private final BlockingQueue<Outgoing> queue = new ArrayBlockingQueue<>(LONGEST_QUEUE);
  private final AtomicReference<@Nullable Connection> hearing = new AtomicReference<>();
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicBoolean sendingFails = new AtomicBoolean();
  private final AtomicBoolean hearingFails = new AtomicBoolean();
  private volatile long heardAt;
  private volatile boolean closed;

  // Touched by the sending thread alone.
  private long beatAt;

  private Notices(RedisConfig redis, String service, NodeContext context) {
    this.redis = redis;
    this.channelPrefix = redis.prefix() + "notice:" + service + ":";
    this.ownChannel = channel(context.id());
    threads.add(
        Thread.ofPlatform().name(context.id() + "-notices-out").daemon().start(this::sendLoop));
  }

  /// The channels of one service's nodes; this node's is not listened to before [#listen].
  public static Notices open(RedisConfig redis, String service, NodeContext context) {
    return new Notices(redis, service, context);
  }

  /// Once.
  public void listen(NoticeListener listener) {
    threads.add(
        Thread.ofPlatform()
            .name(new String(ownChannel, UTF_8))
            .daemon()
            .start(() -> hearLoop(new Hearing(listener, this::hears))));
  }

  /// Does not block; false if too much waits already, then it is lost.
  public boolean publish(NodeId node, byte[] notice) {
    return queue.offer(new Outgoing(channel(node), notice));
  }

  @Override
  public void close() {
    closed = true;
    threads.forEach(Thread::interrupt);
    Connection heard = hearing.get();
    if (heard != null) {
      disconnect(heard);
    }
    threads.forEach(Notices::join);
  }

  private byte[] channel(NodeId node) {
    return (channelPrefix + node).getBytes(UTF_8);
  }

  private void sendLoop() {
    Map<HostAndPort, Connection> connections = new HashMap<>();
    while (!closed) {
      try {
        Primaries primaries = Primaries.find(redis);
        while (!closed) {
          sendBatch(primaries, connections);
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      } catch (JedisException | RedisUnknown broken) {
        pauseAfter("notices cannot be sent", sendingFails, broken);
      } finally {
        connections.values().forEach(Notices::disconnect);
        connections.clear();
      }
    }
  }

  private void sendBatch(Primaries primaries, Map<HostAndPort, Connection> connections)
      throws InterruptedException {
    Map<HostAndPort, List<Outgoing>> batch = new HashMap<>();
    for (Outgoing one : nextBatch()) {
      batch.computeIfAbsent(primaries.of(one.channel), _ -> new ArrayList<>()).add(one);
    }
    Protocol.Command publish =
        primaries.isCluster() ? Protocol.Command.SPUBLISH : Protocol.Command.PUBLISH;
    JedisException broken = null;
    for (var its : batch.entrySet()) {
      try {
        send(publish, its.getValue(), connectionTo(its.getKey(), connections));
      } catch (JedisException oneOfThem) { // the others' notices are sent first
        broken = oneOfThem;
      }
    }
    if (broken != null) {
      throw broken;
    }
    sendingFails.set(false);
  }

  private static Connection connectionTo(
      HostAndPort primary, Map<HostAndPort, Connection> connections) {
    return connections.computeIfAbsent(primary, to -> new Connection(to, client(PATIENCE)));
  }

  private static void send(
      Protocol.Command publish, List<Outgoing> notices, Connection connection) {
    notices.forEach(one -> connection.sendCommand(publish, one.channel, one.notice));
    for (Object reply : connection.getMany(notices.size())) {
      if (reply instanceof JedisDataException elsewhere) {
        throw elsewhere;
      }
    }
  }

  private List<Outgoing> nextBatch() throws InterruptedException {
    List<Outgoing> batch = new ArrayList<>();
    Outgoing first = queue.poll(BEAT.toMillis(), TimeUnit.MILLISECONDS);
    if (first != null) {
      batch.add(first);
      queue.drainTo(batch, LARGEST_BATCH - 1);
    }
    breakSilence();
    long now = System.nanoTime();
    if (first == null || now - beatAt > BEAT.toNanos()) {
      beatAt = now;
      batch.add(new Outgoing(ownChannel, NOTHING));
    }
    return batch;
  }

  private void hears() {
    heardAt = System.nanoTime();
    hearingFails.set(false);
  }

  /// A server that is gone without a word leaves its readers waiting for ever.
  private void breakSilence() {
    Connection heard = hearing.get();
    if (heard != null && System.nanoTime() - heardAt > SILENCE.toNanos()) {
      disconnect(heard);
    }
  }

  private void hearLoop(Hearing ear) {
    while (!closed) {
      try {
        Primaries primaries = Primaries.find(redis);
        try (Connection connection = new Connection(primaries.of(ownChannel), client(PATIENCE))) {
          heardAt = System.nanoTime();
          hearing.set(connection);
          if (!closed) {
            ear.hear(
                connection,
                ownChannel,
                primaries.isCluster() ? Hearing.Kind.SHARDED : Hearing.Kind.PLAIN);
          }
        }
      } catch (JedisException | RedisUnknown broken) {
        if (!closed) {
          pauseAfter("notices cannot be heard", hearingFails, broken);
        }
      }
    }
  }

  /// Says so once for each outage.
  private void pauseAfter(String what, AtomicBoolean failing, RuntimeException broken) {
    if (!closed) {
      if (!failing.getAndSet(true)) {
        LOG.atWarn().log("{}, trying on: {}", what, broken.getMessage());
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private static DefaultJedisClientConfig client(Duration patience) {
    return DefaultJedisClientConfig.builder()
        .autoNegotiateProtocol(false)
        .connectionTimeoutMillis(Math.toIntExact(patience.toMillis()))
        .socketTimeoutMillis(Math.toIntExact(patience.toMillis()))
        .build();
  }

  /// Breaks a read that waits.
  private static void disconnect(Connection connection) {
    try {
      connection.disconnect();
    } catch (JedisException gone) {
      LOG.atDebug().setCause(gone).log("close of a broken connection");
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Outgoing {
    private final byte[] channel;
    private final byte[] notice;

    Outgoing(byte[] channel, byte[] notice) {
      this.channel = channel;
      this.notice = notice;
    }
  }
}
