package parley.bot;

import com.google.protobuf.ByteString;
import io.grpc.BindableService;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
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
import parley.proto.identity.v1.AiTokenServiceGrpc;
import parley.proto.identity.v1.IssueAiTokenRequest;
import parley.proto.identity.v1.IssueAiTokenResponse;
import parley.proto.session.v1.ClientFrame;
import parley.proto.session.v1.ServerFrame;
import parley.proto.session.v1.SessionServiceGrpc;
import parley.testing.Eventually;

/// What bot-svc sees of the other services: nodes in the directory. Every stream of a member is
/// handed to the test as a [FakeSession].
final class FakeHouse implements AutoCloseable {
  private static final Context.Key<String> AUTHORIZATION = Context.key("authorization");
  private static final LeaseTimes LEASE =
      new LeaseTimes(Duration.ofSeconds(2), Duration.ofMillis(200));

  final BlockingQueue<IssueAiTokenRequest> tokens = new LinkedBlockingQueue<>();
  final BlockingQueue<FakeSession> entered = new LinkedBlockingQueue<>();
  private final Lifecycle lifecycle = new Lifecycle();
  private final RedisConfig redis;

  FakeHouse(RedisConfig redis) {
    this.redis = redis;
    register(ServiceName.IDENTITY, "identity-1", serve(new Tokens()));
  }

  /// One more node of session-svc.
  Server sessionNode(String id) {
    Server server = serve(new Conversations());
    register(ServiceName.SESSION, id, server);
    return server;
  }

  FakeSession next() {
    FakeSession[] found = new FakeSession[1];
    Eventually.holds("a member enters", () -> (found[0] = entered.poll()) != null);
    return found[0];
  }

  @Override
  public void close() {
    lifecycle.close();
  }

  private void register(ServiceName service, String id, Server server) {
    HostPort at = new HostPort("127.0.0.1", server.getPort());
    NodeId node = new NodeId(id);
    lifecycle.own(
        NodeLease.hold(
            redis,
            new RegisteredNode(service, node, at, at, NodeState.READY),
            LEASE,
            NodeContext.of(node)));
  }

  private Server serve(BindableService service) {
    try {
      Server server =
          NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
              .directExecutor()
              .addService(ServerInterceptors.intercept(service, new Headers()))
              .build()
              .start();
      lifecycle.own(server::shutdownNow);
      return server;
    } catch (IOException taken) {
      throw new UncheckedIOException(taken);
    }
  }

  private final class Tokens extends AiTokenServiceGrpc.AiTokenServiceImplBase {
    @Override
    public void issueAiToken(
        IssueAiTokenRequest request, StreamObserver<IssueAiTokenResponse> caller) {
      tokens.add(request);
      ByteString id = request.getParticipantId();
      caller.onNext(
          IssueAiTokenResponse.newBuilder().setAccessToken("token-" + id.byteAt(0)).build());
      caller.onCompleted();
    }
  }

  private final class Conversations extends SessionServiceGrpc.SessionServiceImplBase {
    @Override
    public StreamObserver<ClientFrame> converse(StreamObserver<ServerFrame> down) {
      FakeSession session = new FakeSession(down, AUTHORIZATION.get());
      return session.up(() -> entered.add(session));
    }
  }

  private static final class Headers implements ServerInterceptor {
    private static final Metadata.Key<String> NAME =
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    @Override
    public <Q, S> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
      return io.grpc.Contexts.interceptCall(
          Context.current().withValue(AUTHORIZATION, String.valueOf(headers.get(NAME))),
          call,
          headers,
          next);
    }
  }
}
