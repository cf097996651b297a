package parley.platform.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.domain.NodeId;
import parley.domain.Principal;
import parley.platform.grpc.ServingPort;
import parley.platform.lifecycle.NodeContext;
import parley.proto.identity.v1.IdentityServiceGrpc;
import parley.proto.identity.v1.RefreshTokenRequest;
import parley.proto.identity.v1.RefreshTokenResponse;
import parley.proto.identity.v1.RevokeTokenRequest;
import parley.proto.identity.v1.RevokeTokenResponse;
import parley.proto.session.v1.ClientFrame;
import parley.proto.session.v1.ServerFrame;
import parley.proto.session.v1.SessionServiceGrpc;
import parley.proto.session.v1.Text;
import parley.testing.Eventually;
import parley.testing.HeldClock;

class CallerInterceptorTest {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @TempDir Path folder;

  private final HeldClock clock = HeldClock.atNow();
  private final Principal who = Principals.anyone();
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final CountDownLatch mayJudge = new CountDownLatch(1);
  private volatile boolean revoked;
  private volatile boolean slow;

  private KeyDirectory keys;
  private CallerInterceptor callers;
  private Server server;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws IOException {
    keys = KeyDirectory.in(folder.resolve("keys"));
    NodeContext context = NodeContext.of(new NodeId("test-1"));
    String open = IdentityServiceGrpc.getRefreshTokenMethod().getFullMethodName();
    callers = CallerInterceptor.open(keys.verifier(clock), this::judge, Set.of(open), context);
    String name = InProcessServerBuilder.generateName();
    var chain = ServingPort.chain(List.of(callers), context);
    server =
        InProcessServerBuilder.forName(name)
            .directExecutor()
            .addService(ServerInterceptors.interceptForward(new Identity(), chain))
            .addService(ServerInterceptors.interceptForward(new Session(), chain))
            .build()
            .start();
    channel = InProcessChannelBuilder.forName(name).directExecutor().build();
  }

  @AfterEach
  void stop() {
    mayJudge.countDown();
    channel.shutdownNow();
    server.shutdownNow();
    callers.close();
  }

  @Test
  void theHandlerKnowsWhoCallsWithANewTokenAndWithAKnownOne() {
    String token = keys.token(who, clock);

    revoke("Bearer " + token);
    revoke("bearer " + token);

    String name = who.participant().text();
    assertThat(heard).containsExactly(name, name);
  }

  @Test
  void withoutOneGoodBearerTokenNobodyPasses() {
    String token = keys.token(who, clock);

    assertThat(Reasons.of(this::revoke)).isEqualTo("TOKEN_MALFORMED");
    assertThat(Reasons.of(() -> revoke("Basic " + token))).isEqualTo("TOKEN_MALFORMED");
    assertThat(Reasons.of(() -> revoke("Bearer no.token.this"))).isEqualTo("TOKEN_MALFORMED");
    assertThat(Reasons.of(() -> revoke("Bearer " + token, "Bearer " + token)))
        .as("two tokens leave open which one the door has checked")
        .isEqualTo("TOKEN_MALFORMED");
    assertThat(heard).isEmpty();
  }

  @Test
  void anOpenMethodNeedsNoTokenAndHasNoCaller() {
    IdentityServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(PATIENCE)
        .refreshToken(RefreshTokenRequest.newBuilder().setRefreshToken("any").build());

    assertThat(heard).containsExactly("nobody");
  }

  @Test
  void aRevokedCallerIsRefusedWithANewTokenAndWithAKnownOne() {
    String token = "Bearer " + keys.token(who, clock);
    revoke(token);
    revoked = true;

    assertThat(Reasons.of(() -> revoke(token))).isEqualTo("TOKEN_REVOKED");
    assertThat(Reasons.of(() -> revoke("Bearer " + keys.token(who, clock))))
        .isEqualTo("TOKEN_REVOKED");
    assertThat(heard).hasSize(1);
  }

  @Test
  void whatIsSentWhileATokenIsVerifiedArrivesInOrderAndOnce() {
    slow = true;
    StreamObserver<ClientFrame> frames = converse();
    for (int i = 1; i <= 5; i++) {
      frames.onNext(frame(i));
    }
    frames.onCompleted();
    assertThat(heard).isEmpty();

    mayJudge.countDown();

    Eventually.holds("the stream was heard to its end", () -> heard.contains("completed"));
    assertThat(heard)
        .containsExactly("started " + who.participant(), "1", "2", "3", "4", "5", "completed");
  }

  @Test
  void aCallerWhoLeavesWhileTheTokenIsVerifiedIsHeardLeaving() {
    slow = true;
    StreamObserver<ClientFrame> frames = converse();
    frames.onError(new IllegalStateException("gone"));

    mayJudge.countDown();

    Eventually.holds("the handler heard of it", () -> heard.contains("cancelled"));
  }

  private boolean judge(Principal asked) {
    try {
      if (slow && !mayJudge.await(10, TimeUnit.SECONDS)) {
        throw new AssertionError("nobody let the judge go");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    return revoked;
  }

  private void revoke(String... authorizations) {
    var _ =
        IdentityServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(PATIENCE)
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers(authorizations)))
            .revokeToken(RevokeTokenRequest.getDefaultInstance());
  }

  private StreamObserver<ClientFrame> converse() {
    Metadata headers = headers("Bearer " + keys.token(who, clock));
    return SessionServiceGrpc.newStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
        .converse(new Ignoring());
  }

  private static Metadata headers(String... authorizations) {
    Metadata headers = new Metadata();
    for (String value : authorizations) {
      headers.put(AUTHORIZATION, value);
    }
    return headers;
  }

  private static ClientFrame frame(int number) {
    return ClientFrame.newBuilder()
        .setText(Text.newBuilder().setSequence(number).setText("words"))
        .build();
  }

  private final class Identity extends IdentityServiceGrpc.IdentityServiceImplBase {
    @Override
    public void revokeToken(
        RevokeTokenRequest request, StreamObserver<RevokeTokenResponse> caller) {
      heard.add(CallerInterceptor.caller().participant().text());
      caller.onNext(RevokeTokenResponse.getDefaultInstance());
      caller.onCompleted();
    }

    @Override
    public void refreshToken(
        RefreshTokenRequest request, StreamObserver<RefreshTokenResponse> caller) {
      heard.add(CallerInterceptor.PRINCIPAL.get() == null ? "nobody" : "somebody");
      caller.onNext(RefreshTokenResponse.getDefaultInstance());
      caller.onCompleted();
    }
  }

  private final class Session extends SessionServiceGrpc.SessionServiceImplBase {
    @Override
    public StreamObserver<ClientFrame> converse(StreamObserver<ServerFrame> caller) {
      heard.add("started " + CallerInterceptor.caller().participant());
      return new StreamObserver<>() {
        @Override
        public void onNext(ClientFrame frame) {
          heard.add(Long.toString(frame.getText().getSequence()));
        }

        @Override
        public void onError(Throwable gone) {
          heard.add("cancelled");
        }

        @Override
        public void onCompleted() {
          heard.add("completed");
          caller.onCompleted();
        }
      };
    }
  }

  private static final class Ignoring implements StreamObserver<ServerFrame> {
    @Override
    public void onNext(ServerFrame frame) {}

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onCompleted() {}
  }
}
