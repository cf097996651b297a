package parley.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.backing.RedisOptions;
import parley.backing.RedisServer;
import parley.domain.Cohort;
import parley.domain.MemberKind;
import parley.domain.NodeId;
import parley.domain.ParticipantId;
import parley.domain.Principal;
import parley.identity.core.Rules;
import parley.platform.auth.AccessKeyFiles;
import parley.platform.auth.AccessTokens;
import parley.platform.auth.AuthConfig;
import parley.platform.auth.Revocations;
import parley.platform.config.HostPort;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.RedisConfig;
import parley.proto.identity.v1.AiTokenServiceGrpc;
import parley.proto.identity.v1.BanRequest;
import parley.proto.identity.v1.BanResponse;
import parley.proto.identity.v1.CreateGuestRequest;
import parley.proto.identity.v1.CreateGuestResponse;
import parley.proto.identity.v1.Guest;
import parley.proto.identity.v1.IdentityOpsServiceGrpc;
import parley.proto.identity.v1.IdentityServiceGrpc;
import parley.proto.identity.v1.IdentityServiceGrpc.IdentityServiceBlockingStub;
import parley.proto.identity.v1.IssueAiTokenRequest;
import parley.proto.identity.v1.IssueAiTokenResponse;
import parley.proto.identity.v1.RefreshTokenRequest;
import parley.proto.identity.v1.RefreshTokenResponse;
import parley.proto.identity.v1.RevokeTokenRequest;
import parley.testing.Eventually;
import parley.testing.LivingThreads;
import parley.testing.TestRedis;

class IdentityNodeIT {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /// For all calls of one test together.
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir Path folder;

  private final String prefix = TestRedis.prefix();
  private final RedisConfig redis = new RedisConfig(HostPort.parse(TestRedis.shared()), prefix);
  private RunningIdentity running;
  private IdentityNode node;
  private IdentityServiceBlockingStub identity;

  @BeforeEach
  void start() {
    running = new RunningIdentity(folder, TestRedis.shared(), prefix);
    node = running.start("identity-1");
    identity = stub(node);
  }

  @AfterEach
  void stop() {
    running.close();
  }

  @Test
  void anAiPeerGetsATokenOfItsKindAndIsRefusedWhatIsForPeople() {
    ParticipantId peer = new ParticipantId("AAAAAAAAAAE");
    IssueAiTokenResponse issued =
        AiTokenServiceGrpc.newBlockingStub(running.channel(node.mesh()))
            .withDeadlineAfter(PATIENCE)
            .issueAiToken(
                IssueAiTokenRequest.newBuilder()
                    .setParticipantId(ByteString.copyFrom(peer.bytes()))
                    .setCohort(parley.proto.domain.v1.Cohort.COHORT_16_17)
                    .build());

    Principal who = principal(issued.getAccessToken());
    assertThat(who.participant()).isEqualTo(peer);
    assertThat(who.kind()).isEqualTo(MemberKind.AI);
    assertThat(who.cohort()).isEqualTo(Cohort.FROM_16);
    assertThat(issued.getExpiresIn().getSeconds()).isEqualTo(600);
    StatusRuntimeException refused =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                bearing(issued.getAccessToken())
                    .revokeToken(RevokeTokenRequest.getDefaultInstance()));
    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(refused.getStatus().getDescription()).contains("for people");
  }

  @Test
  void tokensOfAiPeersAreNotIssuedWherePeopleCall() {
    StatusRuntimeException refused =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                AiTokenServiceGrpc.newBlockingStub(running.channel(node.serving()))
                    .withDeadlineAfter(PATIENCE)
                    .issueAiToken(IssueAiTokenRequest.getDefaultInstance()));
    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
  }

  @Test
  void aGuestOfOneNodeIsRefreshedByAnother() {
    Guest guest = guest();
    IdentityServiceBlockingStub other = stub(running.start("identity-2"));

    RefreshTokenResponse renewed = refresh(other, guest.getTokens().getRefreshToken());

    assertThat(principal(renewed.getRenewed().getTokens().getAccessToken()).participant().text())
        .isEqualTo(guest.getParticipantId());
  }

  @Test
  void manyRefreshesOfOneTokenAtOnceGetOneAndTheSameSuccessor()
      throws ExecutionException, InterruptedException {
    IdentityServiceBlockingStub other = stub(running.start("identity-2"));
    for (int round = 0; round < 20; round++) {
      String token = guest().getTokens().getRefreshToken();

      Set<String> successors = atOnce(16, i -> refresh(i % 2 == 0 ? identity : other, token));

      assertThat(successors).hasSize(1);
      assertThat(refresh(identity, successors.iterator().next()).hasRenewed()).isTrue();
    }
  }

  @Test
  void ofATokenAndItsSuccessorAtOnceTheFamilySurvivesOrEndsForBoth()
      throws ExecutionException, InterruptedException {
    for (int round = 0; round < 20; round++) {
      String first = guest().getTokens().getRefreshToken();
      String second = refresh(identity, first).getRenewed().getTokens().getRefreshToken();

      Set<String> answers = atOnce(2, i -> refresh(identity, i == 0 ? first : second));

      boolean reused = answers.remove("revoked");
      answers.remove(second);
      assertThat(answers).as("round %d: the successor's successor", round).hasSize(1);
      String third = answers.iterator().next();
      assertThat(refresh(identity, third).hasRenewed())
          .as("round %d: alive unless reuse was seen", round)
          .isEqualTo(!reused);
    }
  }

  @Test
  void aRevocationAndABanReachAFollowerWithinASecond() {
    try (Revocations follower =
        Revocations.follow(redis, NodeContext.of(new NodeId("session-1")))) {
      Guest revoked = guest();
      Guest banned = guest();

      var _ =
          bearing(revoked.getTokens().getAccessToken())
              .revokeToken(RevokeTokenRequest.getDefaultInstance());
      var _ =
          IdentityOpsServiceGrpc.newBlockingStub(running.channel(node.adminGrpc()))
              .ban(
                  BanRequest.newBuilder()
                      .setParticipantId(banned.getParticipantId())
                      .setReason("test")
                      .build());

      Eventually.holds(
          "the follower knows of both",
          SECOND,
          () ->
              follower.revoked(principal(revoked.getTokens().getAccessToken()))
                  && follower.revoked(principal(banned.getTokens().getAccessToken())));
      assertThat(refresh(identity, banned.getTokens().getRefreshToken()).hasFamilyRevoked())
          .isTrue();
    }
  }

  @Test
  void aReusedTokenRevokesTheFamilyForEveryFollower() {
    try (Revocations follower =
        Revocations.follow(redis, NodeContext.of(new NodeId("session-1")))) {
      Guest guest = guest();
      String first = guest.getTokens().getRefreshToken();
      refresh(identity, refresh(identity, first).getRenewed().getTokens().getRefreshToken());

      assertThat(refresh(identity, first).hasFamilyRevoked()).isTrue();

      Eventually.holds(
          "the follower knows",
          SECOND,
          () -> follower.revoked(principal(guest.getTokens().getAccessToken())));
    }
  }

  @Test
  void theOperatorsCallsAreNotOnTheServingPort() {
    var ops = IdentityOpsServiceGrpc.newBlockingStub(running.channel(node.serving()));

    StatusRuntimeException failure =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () -> ops.ban(BanRequest.newBuilder().setDeviceId("A".repeat(11)).build()));

    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
  }

  @Test
  void metricsSayWhatHappened() throws IOException, InterruptedException {
    guest();

    try (HttpClient http = HttpClient.newHttpClient()) {
      URI metrics = URI.create("http://" + node.adminHttp() + "/metrics");
      String body =
          http.send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
              .body();
      assertThat(body).contains("parley_identity_guest_made_total 1.0");
    }
  }

  @Test
  void whileRedisIsAwayCallersAreAskedToTryAgainAndThenItGoesOn() throws IOException {
    Path kept = Files.createDirectory(folder.resolve("redis"));
    try (RedisServer first = RedisServer.start(RedisOptions.kept(kept, 0));
        RunningIdentity alone = new RunningIdentity(folder.resolve("alone"), first.address(), "")) {
      identity = stub(alone.start("identity-alone"));
      String token = guest().getTokens().getRefreshToken();
      first.kill();

      StatusRuntimeException failure =
          catchThrowableOfType(StatusRuntimeException.class, () -> refresh(identity, token));
      assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);

      try (RedisServer second = RedisServer.start(RedisOptions.kept(kept, first.port()))) {
        assertThat(second.port()).isEqualTo(first.port());
        Eventually.holds("the token is renewed", () -> refresh(identity, token).hasRenewed());
      }
    }
  }

  @Test
  void aClosedNodeLeavesNoThread() {
    IdentityNode closing = running.start("identity-closing");
    var _ = stub(closing).createGuest(adult());

    closing.close();

    Eventually.holds(
        "no thread of the node is left", () -> LivingThreads.named("identity-closing").isEmpty());
  }

  @Test
  void howeverManyPeopleCallTheOperatorIsHeard() throws Exception {
    try (RedisServer stuck = RedisServer.start(RedisOptions.fleeting());
        RunningIdentity flooded =
            new RunningIdentity(folder.resolve("flooded"), stuck.address(), "")
                .with("calls.concurrent", "1")) {
      IdentityNode of = flooded.start("identity-flooded");
      var people =
          IdentityServiceGrpc.newFutureStub(flooded.channel(of.serving()))
              .withDeadlineAfter(PATIENCE);
      ManagedChannel admin = flooded.channel(of.adminGrpc());
      var operator = IdentityOpsServiceGrpc.newFutureStub(admin).withDeadlineAfter(PATIENCE);
      stuck.freeze();
      List<Future<CreateGuestResponse>> crowd =
          List.of(people.createGuest(adult()), people.createGuest(adult()));
      Eventually.holds(
          "the one who finds no permit is refused", () -> crowd.stream().anyMatch(Future::isDone));

      Future<BanResponse> ban =
          operator.ban(
              BanRequest.newBuilder().setDeviceId("A".repeat(11)).setReason("test").build());

      // What is asked later on the same connection is answered: the ban has come, and was let in.
      var _ =
          HealthGrpc.newBlockingStub(admin)
              .withDeadlineAfter(PATIENCE)
              .check(HealthCheckRequest.getDefaultInstance());
      assertThat(ban.isDone()).as("it waits for Redis, as one person's call does").isFalse();
      stuck.thaw();
      assertThat(ban.get()).isEqualTo(BanResponse.getDefaultInstance());
    }
  }

  private Guest guest() {
    return identity.createGuest(adult()).getGuest();
  }

  private static CreateGuestRequest adult() {
    return CreateGuestRequest.newBuilder().setBirthYear(1990).setAcceptedTerms(Rules.TERMS).build();
  }

  private IdentityServiceBlockingStub stub(IdentityNode of) {
    return IdentityServiceGrpc.newBlockingStub(running.channel(of.serving()))
        .withDeadlineAfter(PATIENCE);
  }

  private IdentityServiceBlockingStub bearing(String token) {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    return identity.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private static RefreshTokenResponse refresh(IdentityServiceBlockingStub by, String token) {
    return by.refreshToken(RefreshTokenRequest.newBuilder().setRefreshToken(token).build());
  }

  private Principal principal(String accessToken) {
    AuthConfig auth =
        new AuthConfig(AccessKeyFiles.jwks(folder.resolve("keys")), "parley", "parley");
    return AccessTokens.open(auth, NodeContext.of(new NodeId("verifier"))).verify(accessToken);
  }

  /// The refresh tokens that came of it; `revoked` for an ended family.
  private static Set<String> atOnce(int callers, Refresh refresh)
      throws ExecutionException, InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<RefreshTokenResponse>> answers = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        int caller = i;
        answers.add(threads.submit(() -> refresh.by(caller)));
      }
      Set<String> successors = new HashSet<>();
      for (Future<RefreshTokenResponse> answer : answers) {
        RefreshTokenResponse response = answer.get();
        successors.add(
            response.hasRenewed()
                ? response.getRenewed().getTokens().getRefreshToken()
                : "revoked");
      }
      return successors;
    }
  }

  private interface Refresh {
    RefreshTokenResponse by(int caller);
  }
}
