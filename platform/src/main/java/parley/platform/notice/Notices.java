package parley.platform.notice;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.domain.NodeId;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.RedisConfig;
import redis.clients.jedis.BinaryJedisPubSub;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.exceptions.JedisException;

/// One node's channel on Redis Pub/Sub, and the way to the other nodes' channels.
///
/// A notice is a hint: those to one node arrive in the order they were given, but any may be lost
/// (a broken connection, a full queue, nobody listening). Whoever depends on more asks the truth
/// after [NoticeListener#missed] and from time to time.
public final class Notices implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Notices.class);
  private static final int LONGEST_QUEUE = 10_000;
  private static final int LARGEST_BATCH = 256;
  private static final int SEND_PATIENCE_MS = 2_000;
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final HostAndPort address;
  private final String channelPrefix;
  private final byte[] ownChannel;
  private final BlockingQueue<Consumer<Pipeline>> queue = new ArrayBlockingQueue<>(LONGEST_QUEUE);
  private final AtomicReference<@Nullable Jedis> hearing = new AtomicReference<>();
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicBoolean sendingFails = new AtomicBoolean();
  private final AtomicBoolean hearingFails = new AtomicBoolean();
  private volatile boolean closed;

  private Notices(RedisConfig redis, String service, NodeContext context) {
    this.address = new HostAndPort(redis.address().host(), redis.address().port());
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
            .name(new String(ownChannel, StandardCharsets.UTF_8))
            .daemon()
            .start(() -> hearLoop(listener)));
  }

  /// Does not block; false if too much waits already, then it is lost.
  public boolean publish(NodeId node, byte[] notice) {
    byte[] channel = channel(node);
    return queue.offer(pipeline -> pipeline.publish(channel, notice));
  }

  @Override
  public void close() {
    closed = true;
    threads.forEach(Thread::interrupt);
    disconnect(hearing.get());
    threads.forEach(Notices::join);
  }

  private byte[] channel(NodeId node) {
    return (channelPrefix + node).getBytes(StandardCharsets.UTF_8);
  }

  private void sendLoop() {
    while (!closed) {
      try (Jedis connection = new Jedis(address, patience(SEND_PATIENCE_MS))) {
        while (!closed) {
          sendBatch(connection);
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return;
      } catch (JedisException broken) {
        pauseAfter("notices cannot be sent", sendingFails, broken);
      }
    }
  }

  private void sendBatch(Jedis connection) throws InterruptedException {
    List<Consumer<Pipeline>> batch = new ArrayList<>();
    batch.add(queue.take());
    queue.drainTo(batch, LARGEST_BATCH - 1);
    Pipeline pipeline = connection.pipelined();
    batch.forEach(one -> one.accept(pipeline));
    pipeline.sync();
    sendingFails.set(false);
  }

  private void hearLoop(NoticeListener listener) {
    while (!closed) {
      try (Jedis connection = new Jedis(address, patience(0))) {
        hearing.set(connection);
        if (!closed) {
          connection.subscribe(new Hearing(listener, hearingFails), ownChannel);
        }
      } catch (JedisException broken) {
        if (!closed) {
          pauseAfter("notices cannot be heard", hearingFails, broken);
        }
      }
    }
  }

  /// Says so once for each outage.
  private void pauseAfter(String what, AtomicBoolean failing, JedisException broken) {
    if (!closed) {
      if (!failing.getAndSet(true)) {
        LOG.atWarn().log("{}, trying on: {}", what, broken.getMessage());
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private static DefaultJedisClientConfig patience(int socketMillis) {
    return DefaultJedisClientConfig.builder()
        .autoNegotiateProtocol(false)
        .connectionTimeoutMillis(SEND_PATIENCE_MS)
        .socketTimeoutMillis(socketMillis)
        .build();
  }

  /// Breaks a read that waits for ever.
  private static void disconnect(@Nullable Jedis connection) {
    if (connection != null) {
      try {
        connection.disconnect();
      } catch (JedisException gone) {
        LOG.atDebug().setCause(gone).log("close of a broken connection");
      }
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Hearing extends BinaryJedisPubSub {
    private final NoticeListener listener;
    private final AtomicBoolean failing;

    Hearing(NoticeListener listener, AtomicBoolean failing) {
      this.listener = listener;
      this.failing = failing;
    }

    @Override
    public void onSubscribe(byte[] channel, int subscribed) {
      failing.set(false);
      listener.missed();
    }

    @Override
    public void onMessage(byte[] channel, byte[] notice) {
      try {
        listener.noticed(notice);
      } catch (RuntimeException fault) {
        LOG.atError().setCause(fault).log("notice failed");
      }
    }
  }
}
