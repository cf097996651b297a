package parley.platform.discovery;

import io.grpc.ManagedChannel;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import parley.platform.config.HostPort;

/// The channel to one service and the addresses it goes by. A channel that was idle makes a new
/// resolver when it wakes.
final class MeshChannel extends NameResolverProvider {
  private static final String SCHEME = "parley";
  private static final int PRIORITY = 5;

  private final ServiceName service;
  private final Runnable askSoon;
  private final ManagedChannel channel;
  private List<HostPort> addresses = List.of();
  private @Nullable DirectoryResolver resolver;

  MeshChannel(ServiceName service, EventLoopGroup loops, Runnable askSoon) {
    this.service = service;
    this.askSoon = askSoon;
    this.channel = build(loops);
  }

  ManagedChannel channel() {
    return channel;
  }

  synchronized void resolved(List<HostPort> now) {
    addresses = List.copyOf(now);
    if (resolver != null) {
      resolver.resolved(addresses);
    }
  }

  /// Calls that are under way end with UNAVAILABLE.
  void close() {
    channel.shutdownNow();
    try {
      channel.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized NameResolver newNameResolver(URI target, NameResolver.Args args) {
    DirectoryResolver made = new DirectoryResolver(service, addresses, askSoon);
    resolver = made;
    return made;
  }

  @Override
  protected boolean isAvailable() {
    return true;
  }

  @Override
  protected int priority() {
    return PRIORITY;
  }

  @Override
  public String getDefaultScheme() {
    return SCHEME;
  }

  /// The factory is given to this one channel: the global registry that grpc-java would have
  /// instead is shared by all nodes in the process.
  @SuppressWarnings("deprecation")
  private ManagedChannel build(EventLoopGroup loops) {
    return NettyChannelBuilder.forTarget(SCHEME + ":///" + service.text())
        .nameResolverFactory(this)
        .defaultLoadBalancingPolicy("round_robin")
        .eventLoopGroup(loops)
        .channelType(NioSocketChannel.class)
        .directExecutor()
        .usePlaintext()
        .build();
  }
}
