package parley.session.clients;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.platform.discovery.NodeDirectory;
import parley.platform.discovery.ServiceName;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.RedisConfig;
import parley.relay.NodeLife;
import parley.session.core.port.LiveNodes;

/// The nodes of session-svc as the directory lists them, read every second on a thread of its own.
/// A list that could not be read for some seconds is no list.
public final class DirectoryNodes implements LiveNodes, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DirectoryNodes.class);
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration GOOD_FOR = Duration.ofSeconds(3);

  private final Lifecycle lifecycle = new Lifecycle();
  private final NodeDirectory directory;
  private volatile Listed listed = new Listed(List.of(), 0);

  private DirectoryNodes(RedisConfig redis, NodeContext context) {
    directory = lifecycle.own(NodeDirectory.over(redis));
    ScheduledExecutorService thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name(context.id() + "-nodes").factory());
    lifecycle.own(thread::shutdownNow);
    var _ = thread.scheduleWithFixedDelay(this::read, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  public static DirectoryNodes follow(RedisConfig redis, NodeContext context) {
    return new DirectoryNodes(redis, context);
  }

  @Override
  public List<NodeLife> lives() {
    Listed last = listed;
    boolean old = System.nanoTime() - last.atNanos() > GOOD_FOR.toNanos();
    return old ? List.of() : last.nodes();
  }

  @Override
  public void close() {
    lifecycle.close();
  }

  private void read() {
    long now = System.nanoTime();
    try {
      List<NodeLife> nodes =
          directory.lives(ServiceName.SESSION).stream()
              .map(life -> new NodeLife(life.node(), life.incarnation()))
              .toList();
      listed = new Listed(nodes, now);
    } catch (RuntimeException unreadable) {
      LOG.atDebug().setCause(unreadable).log("directory cannot be read");
    }
  }

  private record Listed(List<NodeLife> nodes, long atNanos) {}
}
