package parley.envoy;

import com.google.protobuf.Message;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import parley.domain.NodeId;
import parley.platform.config.HostPort;
import parley.platform.discovery.NodeState;
import parley.platform.discovery.RegisteredNode;
import parley.platform.discovery.ServiceName;
import parley.proto.identity.v1.CreateGuestRequest;
import parley.proto.identity.v1.CreateGuestResponse;
import parley.proto.identity.v1.IdentityServiceGrpc;
import parley.proto.match.v1.FindPeerRequest;
import parley.proto.match.v1.FindPeerResponse;
import parley.proto.match.v1.KeepWaitingRequest;
import parley.proto.match.v1.KeepWaitingResponse;
import parley.proto.match.v1.MatchServiceGrpc;
import parley.proto.match.v1.SettleRequest;
import parley.proto.match.v1.SettleResponse;
import parley.proto.match.v1.SettlementServiceGrpc;
import parley.proto.match.v1.WaitingUpdate;
import parley.proto.session.v1.AcknowledgeRequest;
import parley.proto.session.v1.AcknowledgeResponse;
import parley.proto.session.v1.ClientFrame;
import parley.proto.session.v1.Heartbeat;
import parley.proto.session.v1.ServerFrame;
import parley.proto.session.v1.SessionServiceGrpc;

/// A node of every service at once that answers anything, says who it is in the header `x-node`,
/// and remembers who came. It also serves what the door must never let through.
final class EchoNode implements AutoCloseable {
  static final Metadata.Key<String> NODE =
      Metadata.Key.of("x-node", Metadata.ASCII_STRING_MARSHALLER);

  /// One call that reached this node.
  record Arrival(String method, Metadata headers) {
    String header(String name) {
      return headers.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
    }
  }

  final List<Arrival> arrivals = new CopyOnWriteArrayList<>();
  final AtomicInteger openStreams = new AtomicInteger();
  private final NodeId id;
  private final Server server;

  EchoNode(String id) {
    this.id = new NodeId(id);
    HealthStatusManager health = new HealthStatusManager();
    Sign sign = new Sign();
    try {
      server =
          NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
              .directExecutor()
              .maxInboundMetadataSize(64 * 1024)
              .intercept(sign)
              .addService(health.getHealthService())
              .addService(new Guests())
              .addService(new Peers())
              .addService(new Talks())
              .addService(new Settlements())
              .addService(ProtoReflectionServiceV1.newInstance())
              .build()
              .start();
    } catch (IOException taken) {
      throw new UncheckedIOException(taken);
    }
  }

  RegisteredNode as(ServiceName service) {
    HostPort at = new HostPort("127.0.0.1", server.getPort());
    return new RegisteredNode(service, id, at, at, NodeState.READY);
  }

  List<String> methods() {
    return arrivals.stream().map(Arrival::method).toList();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private static <T extends Message> void answer(StreamObserver<T> caller, T answer) {
    caller.onNext(answer);
    caller.onCompleted();
  }

  private final class Sign implements ServerInterceptor {
    @Override
    public <Q, S> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
      String method = call.getMethodDescriptor().getFullMethodName();
      if (!method.startsWith("grpc.health")) {
        arrivals.add(new Arrival(method, headers));
      }
      ServerCall<Q, S> signed =
          new SimpleForwardingServerCall<>(call) {
            @Override
            public void sendHeaders(Metadata answered) {
              answered.put(NODE, id.text());
              super.sendHeaders(answered);
            }
          };
      return next.startCall(signed, headers);
    }
  }

  private static final class Guests extends IdentityServiceGrpc.IdentityServiceImplBase {
    @Override
    public void createGuest(CreateGuestRequest asked, StreamObserver<CreateGuestResponse> caller) {
      answer(caller, CreateGuestResponse.getDefaultInstance());
    }
  }

  private final class Peers extends MatchServiceGrpc.MatchServiceImplBase {
    /// Says that it waits, and stays open.
    @Override
    public void findPeer(FindPeerRequest asked, StreamObserver<FindPeerResponse> caller) {
      openStreams.incrementAndGet();
      ((ServerCallStreamObserver<FindPeerResponse>) caller)
          .setOnCancelHandler(openStreams::decrementAndGet);
      caller.onNext(
          FindPeerResponse.newBuilder().setWaiting(WaitingUpdate.getDefaultInstance()).build());
    }

    @Override
    public void keepWaiting(KeepWaitingRequest asked, StreamObserver<KeepWaitingResponse> caller) {
      answer(caller, KeepWaitingResponse.getDefaultInstance());
    }
  }

  private final class Talks extends SessionServiceGrpc.SessionServiceImplBase {
    /// A heartbeat for each frame.
    @Override
    public StreamObserver<ClientFrame> converse(StreamObserver<ServerFrame> caller) {
      openStreams.incrementAndGet();
      return new StreamObserver<>() {
        @Override
        public void onNext(ClientFrame frame) {
          caller.onNext(
              ServerFrame.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance()).build());
        }

        @Override
        public void onError(Throwable gone) {
          openStreams.decrementAndGet();
        }

        @Override
        public void onCompleted() {
          openStreams.decrementAndGet();
          caller.onCompleted();
        }
      };
    }

    @Override
    public void acknowledge(AcknowledgeRequest asked, StreamObserver<AcknowledgeResponse> caller) {
      answer(caller, AcknowledgeResponse.getDefaultInstance());
    }
  }

  private static final class Settlements extends SettlementServiceGrpc.SettlementServiceImplBase {
    @Override
    public void settle(SettleRequest asked, StreamObserver<SettleResponse> caller) {
      answer(caller, SettleResponse.getDefaultInstance());
    }
  }
}
