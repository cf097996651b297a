package parley.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.stub.ClientCalls;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.backing.EnvoyServer;
import parley.platform.discovery.ServiceName;
import parley.proto.identity.v1.CreateGuestRequest;
import parley.proto.identity.v1.IdentityServiceGrpc;
import parley.proto.match.v1.KeepWaitingRequest;
import parley.proto.match.v1.MatchServiceGrpc;
import parley.proto.match.v1.SettleRequest;
import parley.proto.match.v1.SettlementServiceGrpc;

/// Who is let in, and what everybody else reads, on both faces.
class RefusalsIT {
  private static final MethodDescriptor<KeepWaitingRequest, ?> KEEP =
      MatchServiceGrpc.getKeepWaitingMethod();
  private static final String KEEP_PATH = "/" + KEEP.getFullMethodName();
  private static final KeepWaitingRequest ASKED = KeepWaitingRequest.getDefaultInstance();

  private static RunningDoor door;
  private static EchoNode node;
  private static NativeCaller app;
  private static WebCaller page;

  @BeforeAll
  static void open() {
    door = RunningDoor.prepare(Map.of());
    node = door.startNode("echo-1", ServiceName.IDENTITY, ServiceName.MATCH, ServiceName.SESSION);
    EnvoyServer envoy = door.startEnvoy(door.startControlPlane());
    for (ServiceName service : ServiceName.ROUTED) {
      RunningDoor.awaitHealthy(envoy, service, 1);
    }
    app = new NativeCaller(envoy.listener("door"));
    page = new WebCaller(envoy.listener("door"));
  }

  @AfterAll
  static void close() {
    app.close();
    page.close();
    door.close();
  }

  @BeforeEach
  void forget() {
    node.arrivals.clear();
  }

  @Test
  void aGoodTokenPassesOnBothFacesAndGoesOnToTheService() {
    String token = door.tokens.good();

    assertThat(viaApp(token)).isEqualTo(Status.Code.OK);
    assertThat(viaPage(token).grpcStatus()).isZero();
    assertThat(node.arrivals)
        .extracting(arrival -> arrival.header("authorization"))
        .containsExactly("Bearer " + token, "Bearer " + token);
  }

  @Test
  void aCallWithoutATokenIs16() {
    assertThat(app.call(KEEP, ASKED, Map.of()).code()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(page.call(KEEP_PATH, ASKED, Map.of()).grpcStatus()).isEqualTo(16);
    assertNothingArrived();
  }

  @Test
  void aTokenThatExpiredOrWasForgedIs16() {
    for (String token : List.of(door.tokens.expired(), door.tokens.forged(), "nonsense")) {
      assertThat(viaApp(token)).isEqualTo(Status.Code.UNAUTHENTICATED);
      assertThat(viaPage(token).grpcStatus()).isEqualTo(16);
    }
    assertNothingArrived();
  }

  @Test
  void aTokenForAnotherAudienceIs7() {
    String token = door.tokens.forAnotherAudience();

    assertThat(viaApp(token)).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(viaPage(token).grpcStatus()).isEqualTo(7);
    assertNothingArrived();
  }

  @Test
  void aTokenInTheQueryIsNone() {
    String path = KEEP_PATH + "?access_token=" + door.tokens.good();

    assertThat(page.call(path, ASKED, Map.of()).grpcStatus()).isEqualTo(12);
    assertNothingArrived();
  }

  @Test
  void aGuestIsMadeWithoutAToken() {
    var create = IdentityServiceGrpc.getCreateGuestMethod();
    CreateGuestRequest asked = CreateGuestRequest.getDefaultInstance();

    assertThat(app.call(create, asked, Map.of()).code()).isEqualTo(Status.Code.OK);
    assertThat(page.call("/" + create.getFullMethodName(), asked, Map.of()).grpcStatus()).isZero();
  }

  @Test
  void anUnknownCallIs12WithAndWithoutAToken() {
    for (Map<String, String> headers : List.of(Map.<String, String>of(), bearer())) {
      MethodDescriptor<KeepWaitingRequest, ?> unknown =
          KEEP.toBuilder().setFullMethodName("parley.match.v1.MatchService/Unknown").build();
      assertThat(app.call(unknown, ASKED, headers).code()).isEqualTo(Status.Code.UNIMPLEMENTED);
      assertThat(page.call("/parley.match.v1.MatchService/Unknown", ASKED, headers).grpcStatus())
          .isEqualTo(12);
      assertThat(page.call("/elsewhere", ASKED, headers).grpcStatus()).isEqualTo(12);
    }
    assertNothingArrived();
  }

  @Test
  void anInternalCallIs12AlthoughTheServiceWouldAnswerIt() {
    var settle = SettlementServiceGrpc.getSettleMethod();
    SettleRequest asked = SettleRequest.getDefaultInstance();

    assertThat(app.call(settle, asked, bearer()).code()).isEqualTo(Status.Code.UNIMPLEMENTED);
    assertThat(page.call("/" + settle.getFullMethodName(), asked, bearer()).grpcStatus())
        .isEqualTo(12);
    assertNothingArrived();
  }

  @Test
  void reflectionAndHealthOfTheServicesAre12() {
    var reflection = ServerReflectionGrpc.getServerReflectionInfoMethod();
    var call = app.open(reflection, bearer());

    var answers =
        ClientCalls.blockingServerStreamingCall(
            call, ServerReflectionRequest.newBuilder().setListServices("").build());
    assertThat(org.assertj.core.api.Assertions.catchThrowable(answers::next))
        .hasMessageContaining("UNIMPLEMENTED");
    assertThat(page.call("/grpc.health.v1.Health/Check", ASKED, bearer()).grpcStatus())
        .isEqualTo(12);
    assertNothingArrived();
  }

  @Test
  void whatIsNotGrpcIs404() {
    assertThat(page.method("GET", KEEP_PATH, bearer()).http()).isEqualTo(404);
    assertThat(page.method("PUT", "/", Map.of()).http()).isEqualTo(404);
    assertThat(page.method("POST", KEEP_PATH, bearer()).http()).isEqualTo(404);
    assertThat(page.method("GET", "/", Map.of()).http()).isEqualTo(404);
    assertNothingArrived();
  }

  @Test
  void theDoorSaysThatItLives() {
    assertThat(page.method("GET", "/healthz", Map.of()).http()).isEqualTo(200);
  }

  @Test
  void aPreflightOfAKnownOriginIsToldWhatItMaySend() {
    WebCaller.Answer answer = preflight("https://good.example");

    assertThat(answer.http()).isEqualTo(200);
    assertThat(answer.headers())
        .containsEntry("access-control-allow-origin", "https://good.example")
        .containsEntry("access-control-allow-methods", "POST");
    assertThat(answer.headers().get("access-control-allow-headers"))
        .contains("authorization", "x-parley-session", "x-correlation-id");
    assertNothingArrived();
  }

  @Test
  void aPreflightOfAForeignOriginIsToldNothing() {
    assertThat(preflight("https://bad.example").headers())
        .doesNotContainKey("access-control-allow-origin");
    assertNothingArrived();
  }

  @Test
  void aPageMayReadEveryRefusal() {
    Map<String, String> origin = Map.of("origin", "https://good.example");

    for (String path : List.of(KEEP_PATH, "/parley.match.v1.MatchService/Unknown")) {
      WebCaller.Answer answer = page.call(path, ASKED, origin);
      assertThat(answer.headers())
          .containsEntry("access-control-allow-origin", "https://good.example")
          .containsEntry("content-type", "application/grpc-web+proto");
      assertThat(answer.headers().get("access-control-expose-headers")).contains("grpc-status");
      assertThat(answer.http()).isEqualTo(200);
    }
  }

  private WebCaller.Answer preflight(String origin) {
    return page.method(
        "OPTIONS",
        KEEP_PATH,
        Map.of(
            "origin", origin,
            "access-control-request-method", "POST",
            "access-control-request-headers", "authorization,x-grpc-web"));
  }

  private static void assertNothingArrived() {
    assertThat(node.methods()).as("what reached a service").isEmpty();
  }

  private static Status.Code viaApp(String token) {
    return app.call(KEEP, ASKED, bearer(token)).code();
  }

  private static WebCaller.Answer viaPage(String token) {
    return page.call(KEEP_PATH, ASKED, bearer(token));
  }

  private static Map<String, String> bearer() {
    return bearer(door.tokens.good());
  }

  private static Map<String, String> bearer(String token) {
    return Map.of("authorization", "Bearer " + token);
  }
}
