package parley.session;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
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
import parley.proto.match.v1.RefusalServiceGrpc;
import parley.proto.match.v1.RefuseRequest;
import parley.proto.match.v1.RefuseResponse;
import parley.proto.match.v1.Refused;
import parley.proto.match.v1.SettleRequest;
import parley.proto.match.v1.SettleResponse;
import parley.proto.match.v1.Settled;
import parley.proto.match.v1.SettlementServiceGrpc;

/// What session-svc sees of match-svc: a node in the directory that writes down what it is told.
final class FakeMatchService implements AutoCloseable {
  final List<SettleRequest> settled = new CopyOnWriteArrayList<>();
  final List<RefuseRequest> refused = new CopyOnWriteArrayList<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final Lifecycle lifecycle = new Lifecycle();
  private volatile Consumer<SettleRequest> onSettle = _ -> {};
  private volatile Status refusal = Status.OK;

  FakeMatchService(RedisConfig redis) {
    BindableService settlements =
        new SettlementServiceGrpc.SettlementServiceImplBase() {
          @Override
          public void settle(SettleRequest request, StreamObserver<SettleResponse> caller) {
            asked.incrementAndGet();
            if (!refusal.isOk()) {
              caller.onError(refusal.asRuntimeException());
              return;
            }
            onSettle.accept(request);
            settled.add(request);
            caller.onNext(
                SettleResponse.newBuilder().setSettled(Settled.getDefaultInstance()).build());
            caller.onCompleted();
          }
        };
    BindableService refusals =
        new RefusalServiceGrpc.RefusalServiceImplBase() {
          @Override
          public void refuse(RefuseRequest request, StreamObserver<RefuseResponse> caller) {
            refused.add(request);
            caller.onNext(
                RefuseResponse.newBuilder().setRefused(Refused.getDefaultInstance()).build());
            caller.onCompleted();
          }
        };
    try {
      Server server =
          NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
              .addService(settlements)
              .addService(refusals)
              .build()
              .start();
      lifecycle.own(server::shutdownNow);
      NodeId id = new NodeId("match-1");
      HostPort at = new HostPort("127.0.0.1", server.getPort());
      lifecycle.own(
          NodeLease.hold(
              redis,
              new RegisteredNode(ServiceName.MATCH, id, at, at, NodeState.READY),
              new LeaseTimes(Duration.ofSeconds(1), Duration.ofMillis(200)),
              NodeContext.of(id)));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// Does this before it answers a Settle.
  void onSettle(Consumer<SettleRequest> first) {
    onSettle = first;
  }

  /// Answers so from now on; OK settles again.
  void refuse(Status how) {
    refusal = how;
  }

  /// How often it was told anything.
  int asked() {
    return asked.get();
  }

  @Override
  public void close() {
    lifecycle.close();
  }
}
