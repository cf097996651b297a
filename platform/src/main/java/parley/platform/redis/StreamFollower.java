package parley.platform.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.exceptions.JedisException;

/// Reads one Redis stream from its start and then as it grows, on a thread and a connection of its
/// own, from the primary that has its key.
///
/// Entries come in order, each as soon as it is written. After a broken connection the stream is
/// read from its start again, because what answers may have lost its tail: the reader hears entries
/// twice and must bear it. The reader is called on the follower's thread; what it throws is logged
/// and the entry counts as read.
///
/// Every two seconds the server is asked whether it is still a primary, and the one of this key,
/// that as many replicas follow as are required: an old one that was cut off goes on answering, but
/// what is written is written elsewhere. Another one is gone to; while there is none, the stream
/// counts as unread.
public final class StreamFollower implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StreamFollower.class);
  private static final Duration BLOCK = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final Duration NEVER = Duration.ofDays(1);
  private static final Duration ASK_EVERY = Duration.ofSeconds(2);

  /// RESP2, in which an answer to XREAD is a list, not a map.
  private static final JedisClientConfig CLIENT =
      DefaultJedisClientConfig.builder()
          .from(RedisStore.clientConfig(PATIENCE))
          .protocol(RedisProtocol.RESP2)
          .build();

  private static final int LARGEST_READ = 1000;
  private static final String START = "0-0";

  private final RedisConfig redis;
  private final String key;
  private final Consumer<StreamEntry> reader;
  private final CountDownLatch caughtUp = new CountDownLatch(1);
  private final Thread thread;
  private volatile long readNanos;
  private volatile boolean closed;

  // Touched by the thread alone.
  private boolean failing;
  private boolean sound;
  private long askAt;

  private StreamFollower(
      RedisConfig redis, String key, Consumer<StreamEntry> reader, String threadName) {
    this.redis = redis;
    this.key = key;
    this.reader = reader;
    this.thread = Thread.ofVirtual().name(threadName).unstarted(this::loop);
  }

  /// Starts to read, and waits up to `patience` until the stream was read to its end once.
  public static StreamFollower follow(
      RedisConfig redis,
      String key,
      Consumer<StreamEntry> reader,
      String threadName,
      Duration patience) {
    StreamFollower follower = new StreamFollower(redis, key, reader, threadName);
    follower.thread.start();
    follower.awaitFirst(patience);
    return follower;
  }

  /// How long ago the stream was last read to its end; a day if that never happened.
  public Duration unreadFor() {
    return caughtUp.getCount() > 0 ? NEVER : Duration.ofNanos(System.nanoTime() - readNanos);
  }

  /// The thread is gone when this returns.
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitFirst(Duration patience) {
    try {
      if (!caughtUp.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.atWarn().addKeyValue("stream", key).log("not read yet, going on without");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// The root of the thread: ends only when closed.
  private void loop() {
    while (!closed) {
      try (Connection connection = connect()) {
        String cursor = START;
        askAt = System.nanoTime();
        while (!closed) {
          askIfDue(connection);
          cursor = read(connection, cursor);
        }
      } catch (JedisException | RedisUnknown broken) {
        pause(Level.WARN, broken);
      } catch (RuntimeException fault) {
        pause(Level.ERROR, fault);
      }
    }
  }

  /// Says so once for each outage.
  private void pause(Level level, RuntimeException why) {
    if (!closed && !failing) {
      LOG.atLevel(level).setCause(why).addKeyValue("stream", key).log("reading broke, trying on");
    }
    failing = true;
    LockSupport.parkNanos(PAUSE.toNanos());
  }

  private void succeeded() {
    if (failing) {
      LOG.atInfo().addKeyValue("stream", key).log("reading again");
    }
    failing = false;
    if (sound) {
      readNanos = System.nanoTime();
      caughtUp.countDown();
    }
  }

  /// @throws RedisUnknown if another server is to be read, or none is a primary
  private void askIfDue(Connection connection) {
    if (System.nanoTime() - askAt < 0) {
      return;
    }
    askAt = System.nanoTime() + ASK_EVERY.toNanos();
    sound = Primaries.hasEnoughReplicas(connection, redis.replicas());
    if (!sound) {
      HostAndPort primary = Primaries.find(redis).of(key.getBytes(StandardCharsets.UTF_8));
      if (!primary.equals(connection.getHostAndPort())) {
        throw new RedisUnknown(
            connection.getHostAndPort() + " is left for " + primary,
            new JedisException("another primary"));
      }
    }
  }

  private Connection connect() {
    Connection connection =
        new Connection(Primaries.find(redis).of(key.getBytes(StandardCharsets.UTF_8)), CLIENT);
    connection.connect();
    return connection;
  }

  /// One read, blocking once the end was reached, and the time right after it; returns the cursor
  /// for the next.
  private String read(Connection connection, String cursor) {
    CommandArguments read =
        new CommandArguments(Protocol.Command.XREAD).add(Protocol.Keyword.COUNT).add(LARGEST_READ);
    if (caughtUp.getCount() == 0) {
      read.add(Protocol.Keyword.BLOCK).add(BLOCK.toMillis());
    }
    connection.sendCommand(read.add(Protocol.Keyword.STREAMS).add(key).add(cursor));
    connection.sendCommand(Protocol.Command.TIME);
    List<List<?>> entries = entries(connection.getOne());
    long nowMillis = millis((List<?>) connection.getOne());
    String last = cursor;
    for (List<?> entry : entries) {
      last = text(entry.getFirst());
      tell(last, (List<?>) entry.getLast(), nowMillis);
    }
    if (entries.size() < LARGEST_READ) {
      succeeded();
    }
    return last;
  }

  private void tell(String id, List<?> flat, long nowMillis) {
    Map<String, byte[]> fields = new HashMap<>();
    for (int i = 0; i + 1 < flat.size(); i += 2) {
      fields.put(text(flat.get(i)), (byte[]) flat.get(i + 1));
    }
    long writtenMillis = Long.parseLong(id.substring(0, id.indexOf('-')));
    Duration age = Duration.ofMillis(Math.max(0, nowMillis - writtenMillis));
    try {
      reader.accept(new StreamEntry(id, fields, age));
    } catch (RuntimeException fault) {
      LOG.atError().setCause(fault).addKeyValue("stream", key).log("reader failed");
    }
  }

  /// `[[key, [[id, [field, value, …]], …]]]`, or null if nothing came in time.
  @SuppressWarnings("unchecked")
  private static List<List<?>> entries(@Nullable Object reply) {
    if (reply == null) {
      return List.of();
    }
    List<?> stream = (List<?>) ((List<?>) reply).getFirst();
    return (List<List<?>>) stream.getLast();
  }

  private static long millis(List<?> secondsAndMicros) {
    return Long.parseLong(text(secondsAndMicros.getFirst())) * 1000
        + Long.parseLong(text(secondsAndMicros.getLast())) / 1000;
  }

  private static String text(Object bulk) {
    return new String((byte[]) bulk, StandardCharsets.UTF_8);
  }
}
