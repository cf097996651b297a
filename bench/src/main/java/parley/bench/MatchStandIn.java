package parley.bench;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import parley.domain.NodeId;
import parley.platform.config.HostPort;
import parley.platform.discovery.LeaseTimes;
import parley.platform.discovery.NodeLease;
import parley.platform.discovery.NodeState;
import parley.platform.discovery.RegisteredNode;
import parley.platform.discovery.ServiceName;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.RedisConfig;
import parley.proto.match.v1.SettleRequest;
import parley.proto.match.v1.SettleResponse;
import parley.proto.match.v1.Settled;
import parley.proto.match.v1.SettlementServiceGrpc;

/// What a session node sees of match-svc: settles at once whatever it is told of. Without, a node
/// tells of each session again and again, for which nobody pays elsewhere.
final class MatchStandIn implements AutoCloseable {
  private final Lifecycle lifecycle = new Lifecycle();

  private MatchStandIn(String redis) {
    try {
      Server server =
          NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
              .addService(new Settlements())
              .build()
              .start();
      lifecycle.own(server::shutdownNow);
      NodeId id = new NodeId("match-bench");
      HostPort at = new HostPort("127.0.0.1", server.getPort());
      lifecycle.own(
          NodeLease.hold(
              new RedisConfig(HostPort.parse(redis), "bench:"),
              new RegisteredNode(ServiceName.MATCH, id, at, at, NodeState.READY),
              LeaseTimes.DEFAULT,
              NodeContext.of(id)));
    } catch (IOException failed) {
      lifecycle.close();
      throw new UncheckedIOException(failed);
    }
  }

  /// In this process, known to the nodes over this Redis.
  static MatchStandIn over(String redis) {
    return new MatchStandIn(redis);
  }

  @Override
  public void close() {
    lifecycle.close();
  }

  private static final class Settlements extends SettlementServiceGrpc.SettlementServiceImplBase {
    @Override
    public void settle(SettleRequest request, StreamObserver<SettleResponse> caller) {
      caller.onNext(SettleResponse.newBuilder().setSettled(Settled.getDefaultInstance()).build());
      caller.onCompleted();
    }
  }
}
