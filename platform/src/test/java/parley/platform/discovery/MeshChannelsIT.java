package parley.platform.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.domain.NodeId;
import parley.platform.config.HostPort;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.RedisConfig;
import parley.testing.Eventually;
import parley.testing.TestRedis;

class MeshChannelsIT {
  private static final LeaseTimes SHORT =
      new LeaseTimes(Duration.ofSeconds(2), Duration.ofMillis(200));

  private final Lifecycle lifecycle = new Lifecycle();
  private final RedisConfig redis =
      new RedisConfig(HostPort.parse(TestRedis.shared()), TestRedis.prefix());
  private final MeshChannels mesh =
      lifecycle.own(
          MeshChannels.over(
              lifecycle.own(NodeDirectory.over(redis)),
              NodeContext.of(new NodeId("caller")),
              Duration.ofSeconds(1)));

  @AfterEach
  void close() {
    lifecycle.close();
  }

  @Test
  void aCallThatWaitsReachesANodeThatComesLater() throws IOException {
    Counted node = new Counted();
    hold("match-1", node);

    call(mesh.channel(ServiceName.MATCH));

    assertThat(node.calls.get()).isEqualTo(1);
  }

  @Test
  void callsGoRoundAllNodesButThoseThatDrain() throws IOException {
    Counted first = new Counted();
    Counted second = new Counted();
    NodeLease lease = hold("match-1", first);
    hold("match-2", second);
    Channel channel = mesh.channel(ServiceName.MATCH);
    Eventually.holds("both are called", () -> call(channel) && first.called() && second.called());

    lease.drain();

    Eventually.holds(
        "ten calls in a row leave out the one that drains", () -> tenPass(channel, first));
  }

  @Test
  void aNodeThatIsNamedIsCalledAloneAlsoWhileItDrains() throws IOException {
    Counted first = new Counted();
    Counted second = new Counted();
    NodeLease lease = hold("match-1", first);
    hold("match-2", second);
    lease.drain();
    call(mesh.channel(ServiceName.MATCH)); // The directory was read.

    for (int time = 0; time < 3; time++) {
      call(mesh.channel(ServiceName.MATCH, new NodeId("match-1")));
    }

    assertThat(first.calls.get()).isEqualTo(3);
  }

  @Test
  void whatTheDoorRoutesToIsReachedAroundTheDoor() throws IOException {
    Counted inside = new Counted();
    Counted people = new Counted();
    hold("match-1", serve(people), serve(inside));

    call(mesh.serving(ServiceName.MATCH));

    assertThat(people.calls.get()).isEqualTo(1);
    assertThat(inside.calls.get()).isZero();
  }

  @Test
  void theChannelOfANodeThatIsGoneIsClosed() throws IOException {
    hold("match-2", new Counted());
    hold("match-3", new Counted());
    NodeLease lease = hold("match-1", new Counted());
    ManagedChannel service = mesh.channel(ServiceName.MATCH);
    call(service); // The directory was read.
    ManagedChannel named = mesh.channel(ServiceName.MATCH, new NodeId("match-1"));
    call(named);

    lease.close();

    Eventually.holds("its channel is closed", named::isShutdown);
  }

  @Test
  void closingLeavesNoThreadOfThisNode() throws IOException {
    hold("session-1", new Counted());
    ManagedChannel channel = mesh.channel(ServiceName.SESSION);
    call(channel);

    mesh.close();

    assertThat(channel.isTerminated()).isTrue();
    Set<String> names = new HashSet<>();
    Thread.getAllStackTraces().keySet().forEach(thread -> names.add(thread.getName()));
    assertThat(names).noneMatch(name -> name.startsWith("caller-"));
  }

  private boolean tenPass(Channel channel, Counted leftOut) {
    int before = leftOut.calls.get();
    for (int call = 0; call < 10; call++) {
      call(channel);
    }
    return leftOut.calls.get() == before;
  }

  private static boolean call(Channel channel) {
    var _ =
        HealthGrpc.newBlockingStub(channel)
            .withWaitForReady()
            .withDeadlineAfter(5, TimeUnit.SECONDS)
            .check(HealthCheckRequest.getDefaultInstance());
    return true;
  }

  private NodeLease hold(String id, Counted handler) throws IOException {
    HostPort mesh = serve(handler);
    return hold(id, mesh, mesh);
  }

  private NodeLease hold(String id, HostPort serving, HostPort mesh) {
    ServiceName service = id.startsWith("match") ? ServiceName.MATCH : ServiceName.SESSION;
    RegisteredNode node =
        new RegisteredNode(service, new NodeId(id), serving, mesh, NodeState.READY);
    return lifecycle.own(NodeLease.hold(redis, node, SHORT, NodeContext.of(node.node())));
  }

  private HostPort serve(Counted handler) throws IOException {
    Server server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .directExecutor()
            .addService(handler)
            .build()
            .start();
    lifecycle.own(server::shutdownNow);
    return new HostPort("127.0.0.1", server.getPort());
  }

  private static final class Counted extends HealthGrpc.HealthImplBase {
    private final AtomicInteger calls = new AtomicInteger();

    boolean called() {
      return calls.get() > 0;
    }

    @Override
    public void check(HealthCheckRequest request, StreamObserver<HealthCheckResponse> caller) {
      calls.incrementAndGet();
      caller.onNext(HealthCheckResponse.getDefaultInstance());
      caller.onCompleted();
    }
  }
}
