package parley.platform.discovery;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.domain.NodeId;
import parley.platform.config.HostPort;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.RedisConfig;

/// Channels to the other services' mesh ports: one for each service, round robin over the nodes of
/// the directory that do not drain; and one for each node that is named, drain or not.
///
/// One thread reads the directory every second. While it cannot be read, the channels keep the
/// nodes they know. A call needs a deadline, as everywhere; `withWaitForReady()` also waits for a
/// node that is about to come. Thread-safe.
public final class MeshChannels implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MeshChannels.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration GRACE = Duration.ofSeconds(30);

  private final Lifecycle lifecycle = new Lifecycle();
  private final NodeDirectory directory;
  private final InstantSource steady;
  private final EventLoopGroup loops;
  private final ScheduledExecutorService poll;
  private final Map<ServiceName, MeshChannel> channels;
  private final Map<NodeId, MeshChannel> nodes = new ConcurrentHashMap<>();
  private final Map<ServiceName, MeshChannel> serving = new ConcurrentHashMap<>();
  private volatile List<RegisteredNode> lastTold = List.of();

  // Touched by the thread of `poll` alone.
  private final KnownNodes known;
  private boolean failing;

  private MeshChannels(NodeDirectory directory, NodeContext context, Duration grace) {
    this.directory = directory;
    this.known = new KnownNodes(grace);
    this.steady = context.steady();
    this.loops =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory(context.id() + "-mesh", true), NioIoHandler.newFactory());
    this.poll =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name(context.id() + "-mesh-directory").factory());
    this.channels =
        Arrays.stream(ServiceName.values())
            .collect(
                Collectors.toUnmodifiableMap(
                    Function.identity(),
                    service -> new MeshChannel(service, loops, this::readSoon)));
  }

  /// As [#over], with a connection to the directory of its own. One is enough for a node.
  public static MeshChannels open(RedisConfig redis, NodeContext context) {
    NodeDirectory directory = NodeDirectory.over(redis);
    MeshChannels mesh = over(directory, context);
    mesh.lifecycle.own(directory);
    return mesh;
  }

  /// Reads the directory at once, in the background, and from then on every second.
  public static MeshChannels over(NodeDirectory directory, NodeContext context) {
    return over(directory, context, GRACE);
  }

  static MeshChannels over(NodeDirectory directory, NodeContext context, Duration grace) {
    MeshChannels mesh = new MeshChannels(directory, context, grace);
    var _ = mesh.poll.scheduleWithFixedDelay(mesh::read, 0, POLL.toMillis(), MILLISECONDS);
    return mesh;
  }

  /// The same channel at each call. Do not shut it down.
  public ManagedChannel channel(ServiceName service) {
    return Objects.requireNonNull(channels.get(service)).channel();
  }

  /// To the ports that the door routes to, around the door: for our own members of conversations.
  /// Round robin over the nodes that do not drain.
  public ManagedChannel serving(ServiceName service) {
    return serving
        .computeIfAbsent(
            service,
            _ -> {
              MeshChannel made = new MeshChannel(service, loops, this::readSoon);
              made.resolved(ready(lastTold, service, RegisteredNode::serving));
              return made;
            })
        .channel();
  }

  /// To one node alone, for what only it knows. Ask anew for each call: the channel of a node that
  /// is gone is closed.
  public ManagedChannel channel(ServiceName service, NodeId node) {
    return nodes
        .computeIfAbsent(
            node,
            _ -> {
              MeshChannel made = new MeshChannel(service, loops, this::readSoon);
              made.resolved(addresses(lastTold, node));
              return made;
            })
        .channel();
  }

  /// The nodes of a service that do not drain, in the order of their ids, as the directory said
  /// last: for a caller that chooses among them.
  public List<RegisteredNode> nodes(ServiceName service) {
    List<RegisteredNode> there = lastTold.stream().filter(node -> isReady(node, service)).toList();
    if (there.isEmpty()) {
      readSoon();
    }
    return there;
  }

  /// Calls that are under way end with UNAVAILABLE; the threads are gone after this.
  @Override
  public void close() {
    poll.shutdownNow();
    poll.close();
    channels.values().forEach(MeshChannel::close);
    nodes.values().forEach(MeshChannel::close);
    serving.values().forEach(MeshChannel::close);
    loops.shutdownGracefully(0, 1, SECONDS).awaitUninterruptibly(2, SECONDS);
    lifecycle.close();
  }

  /// A channel lost a connection and asks for news.
  private void readSoon() {
    try {
      poll.execute(this::read);
    } catch (RejectedExecutionException closing) {
      LOG.atTrace().setCause(closing).log("closing");
    }
  }

  private void read() {
    try {
      tell(known.merge(directory.list(), steady.instant()));
      failing = false;
    } catch (Throwable unreadable) {
      // The root of a thread: a step that throws here would be the last.
      if (!failing && !poll.isShutdown()) {
        LOG.atWarn().setCause(unreadable).log("directory cannot be read, keeping the nodes known");
      }
      failing = true;
    }
  }

  private void tell(List<RegisteredNode> now) {
    lastTold = List.copyOf(now);
    channels.forEach(
        (service, channel) -> channel.resolved(ready(now, service, RegisteredNode::mesh)));
    serving.forEach(
        (service, channel) -> channel.resolved(ready(now, service, RegisteredNode::serving)));
    nodes.forEach(
        (node, channel) -> {
          List<HostPort> there = addresses(now, node);
          channel.resolved(there);
          if (there.isEmpty() && nodes.remove(node, channel)) {
            channel.close();
          }
        });
  }

  private static List<HostPort> addresses(List<RegisteredNode> known, NodeId node) {
    return known.stream().filter(one -> one.node().equals(node)).map(RegisteredNode::mesh).toList();
  }

  private static List<HostPort> ready(
      List<RegisteredNode> known, ServiceName service, Function<RegisteredNode, HostPort> port) {
    return known.stream().filter(node -> isReady(node, service)).map(port).distinct().toList();
  }

  private static boolean isReady(RegisteredNode node, ServiceName service) {
    return node.service() == service && node.state() == NodeState.READY;
  }
}
