package parley.platform.grpc;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import parley.platform.config.HostPort;
import parley.platform.lifecycle.NodeContext;

/// A gRPC port of a node: Netty, direct executor (handlers never block), event loops of its own.
///
/// Every call passes, outermost first: [Correlation], [ErrorBoundary], the given interceptors in
/// order, [Validation]. The port also answers `grpc.health.v1.Health`: NOT_SERVING until [#ready]
/// and after [#draining]. Closing ends open calls.
public final class ServingPort implements AutoCloseable {
  private static final int EVENT_LOOPS = 2;
  private static final int KEEPALIVE_PERMITTED_SECONDS = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final EventLoops loops;
  private final Server server;
  private final HealthStatusManager health;
  private final HostPort address;

  private ServingPort(EventLoops loops, Server server, HealthStatusManager health, String host) {
    this.loops = loops;
    this.server = server;
    this.health = health;
    this.address = new HostPort(host, server.getPort());
  }

  /// Listens.
  ///
  /// @throws IllegalStateException with a sentence if the address cannot be had
  public static ServingPort open(
      ServingPortConfig where,
      List<ServerInterceptor> interceptors,
      List<BindableService> services,
      NodeContext context) {
    HealthStatusManager health = new HealthStatusManager();
    health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, ServingStatus.NOT_SERVING);
    EventLoops loops = new EventLoops(context.id() + "-grpc", EVENT_LOOPS);
    NettyServerBuilder builder = builder(where, loops).addService(health.getHealthService());
    List<ServerInterceptor> chain = chain(interceptors, context);
    services.forEach(
        service -> builder.addService(ServerInterceptors.interceptForward(service, chain)));
    Server server = start(builder.build(), where.address(), loops);
    return new ServingPort(loops, server, health, where.address().host());
  }

  /// Where it listens, with the port that was found if 0 was asked for.
  public HostPort address() {
    return address;
  }

  /// Health answers SERVING from now on.
  public void ready() {
    health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, ServingStatus.SERVING);
  }

  /// Health answers NOT_SERVING from now on; calls are still served.
  public void draining() {
    health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, ServingStatus.NOT_SERVING);
  }

  /// Takes no more calls and waits until those that are under way have ended and their answers have
  /// left, but not longer than this. Connections are told, so that callers go elsewhere.
  public void finish(Duration atMost) {
    server.shutdown();
    awaitEnd(atMost);
  }

  @Override
  public void close() {
    health.enterTerminalState();
    server.shutdownNow();
    awaitEnd(PATIENCE);
    loops.close();
  }

  private void awaitEnd(Duration atMost) {
    try {
      server.awaitTermination(atMost.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// What every call of ours passes; also for servers that tests start in their own way.
  public static List<ServerInterceptor> chain(List<ServerInterceptor> own, NodeContext context) {
    List<ServerInterceptor> chain = new ArrayList<>();
    chain.add(new Correlation(context.random()));
    chain.add(new ErrorBoundary());
    chain.addAll(own);
    chain.add(new Validation());
    return List.copyOf(chain);
  }

  private static NettyServerBuilder builder(ServingPortConfig where, EventLoops loops) {
    return NettyServerBuilder.forAddress(
            new InetSocketAddress(where.address().host(), where.address().port()))
        .directExecutor()
        .bossEventLoopGroup(loops.group())
        .workerEventLoopGroup(loops.group())
        .channelType(loops.serverChannel())
        .maxInboundMessageSize(where.maxMessageBytes())
        .maxInboundMetadataSize(where.maxMetadataBytes())
        .permitKeepAliveTime(KEEPALIVE_PERMITTED_SECONDS, TimeUnit.SECONDS)
        .permitKeepAliveWithoutCalls(true);
  }

  private static Server start(Server server, HostPort where, EventLoops loops) {
    try {
      return server.start();
    } catch (IOException taken) {
      loops.close();
      throw new IllegalStateException("cannot listen on " + where + ": " + reason(taken), taken);
    }
  }

  private static String reason(IOException taken) {
    Throwable cause = taken.getCause() == null ? taken : taken.getCause();
    return String.valueOf(cause.getMessage());
  }
}
