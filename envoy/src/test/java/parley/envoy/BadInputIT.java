package parley.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.backing.EnvoyServer;
import parley.platform.config.HostPort;
import parley.platform.discovery.ServiceName;
import parley.proto.match.v1.KeepWaitingRequest;
import parley.proto.match.v1.MatchServiceGrpc;

/// What no honest client sends. Each is refused, and the next call works.
class BadInputIT {
  private static final String PATH =
      "/" + MatchServiceGrpc.getKeepWaitingMethod().getFullMethodName();
  private static final KeepWaitingRequest ASKED = KeepWaitingRequest.getDefaultInstance();
  private static final int MEBIBYTE = 1024 * 1024;

  private static RunningDoor door;
  private static EchoNode node;
  private static EnvoyServer envoy;
  private NativeCaller app;
  private WebCaller page;

  @BeforeAll
  static void open() {
    door = RunningDoor.prepare(Map.of());
    node = door.startNode("echo-1", ServiceName.MATCH);
    envoy = door.startEnvoy(door.startControlPlane());
    RunningDoor.awaitHealthy(envoy, ServiceName.MATCH, 1);
  }

  @AfterAll
  static void close() {
    door.close();
  }

  @BeforeEach
  void connect() {
    app = new NativeCaller(envoy.listener("door"));
    page = new WebCaller(envoy.listener("door"));
    node.arrivals.clear();
  }

  @AfterEach
  void theNextCallWorks() {
    assertThat(viaApp(Map.of()).code()).isEqualTo(Status.Code.OK);
    assertThat(page.call(PATH, ASKED, headers(Map.of())).grpcStatus()).isZero();
    app.close();
    page.close();
  }

  @Test
  void aQueryStringIsNoCall() {
    var withQuery =
        MatchServiceGrpc.getKeepWaitingMethod().toBuilder()
            .setFullMethodName(PATH.substring(1) + "?x=1")
            .build();

    assertThat(app.call(withQuery, ASKED, headers(Map.of())).code())
        .isEqualTo(Status.Code.UNIMPLEMENTED);
    assertThat(page.call(PATH + "?x=1", ASKED, headers(Map.of())).grpcStatus()).isEqualTo(12);
    assertNothingArrived();
  }

  @Test
  void anEscapedOrDoubledPathReachesNothingButItsRoute() {
    assertThat(
            page.call("/parley.match.v1.MatchService%2fKeepWaiting", ASKED, Map.of()).grpcStatus())
        .isEqualTo(13);
    assertThat(
            page.call("//parley.match.v1.MatchService//KeepWaiting", ASKED, Map.of()).grpcStatus())
        .as("the same call, so it needs its token")
        .isEqualTo(16);
    assertThat(page.call(PATH + "/", ASKED, headers(Map.of())).grpcStatus()).isEqualTo(12);
    assertNothingArrived();
  }

  @Test
  void anUnderscoreInAMetadataNameIsRefused() {
    assertThat(viaApp(Map.of("x_parley_session", "a")).code()).isEqualTo(Status.Code.INTERNAL);
    assertThat(page.call(PATH, ASKED, headers(Map.of("x_parley_session", "a"))).http())
        .isEqualTo(400);
    assertNothingArrived();
  }

  @Test
  void aHeaderOfAMebibyteIsRefused() {
    Map<String, String> large = Map.of("x-large", "a".repeat(MEBIBYTE));

    assertThat(viaApp(large).code()).isNotEqualTo(Status.Code.OK);
    assertThat(raw("x-large: " + "a".repeat(MEBIBYTE) + "\r\n")).startsWith("HTTP/1.1 431");
    assertNothingArrived();
  }

  @Test
  void aFrameOfTenMebibytesIsRefused() {
    byte[] frame = WebCaller.frame(new byte[10 * MEBIBYTE]);

    assertThat(page.post(PATH, frame, headers(Map.of())).grpcStatus()).isEqualTo(8);
  }

  @Test
  void halfAFrameIsRefused() {
    byte[] frame = WebCaller.frame(new byte[100]);

    WebCaller.Answer answer = page.post(PATH, Arrays.copyOf(frame, 50), headers(Map.of()));

    assertThat(answer.grpcStatus()).isIn(3, 13);
  }

  @Test
  void aLengthThatLiesIsRefused() {
    byte[] lie = {0, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff, 1, 2, 3};

    assertThat(page.post(PATH, lie, headers(Map.of())).grpcStatus()).isEqualTo(8);
  }

  @Test
  void whatIsNoHttpIsCut() {
    assertThat(raw("\0\0\0\r\n")).startsWith("HTTP/1.1 400");
  }

  private static void assertNothingArrived() {
    assertThat(node.methods()).as("what reached a service").isEmpty();
  }

  private NativeCaller.Answer viaApp(Map<String, String> more) {
    return app.call(MatchServiceGrpc.getKeepWaitingMethod(), ASKED, headers(more));
  }

  private static Map<String, String> headers(Map<String, String> more) {
    Map<String, String> headers = new TreeMap<>(more);
    headers.put("authorization", "Bearer " + door.tokens.good());
    return headers;
  }

  /// A request with these lines among its headers, and the first line of the answer. What is
  /// written after a refusal is lost.
  private static String raw(String lines) {
    HostPort at = HostPort.parse(envoy.listener("door"));
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), at.port())) {
      socket.setSoTimeout(10_000);
      byte[] request =
          ("POST " + PATH + " HTTP/1.1\r\nhost: door\r\n" + lines + "\r\n")
              .getBytes(StandardCharsets.ISO_8859_1);
      Thread writer = Thread.startVirtualThread(() -> write(socket, request));
      byte[] answer = socket.getInputStream().readNBytes(12);
      writer.interrupt();
      return new String(answer, StandardCharsets.ISO_8859_1);
    } catch (IOException cut) {
      return "cut: " + cut.getMessage();
    }
  }

  private static void write(Socket socket, byte[] request) {
    try {
      socket.getOutputStream().write(request);
    } catch (IOException refused) {
      assertThat(socket.isBound()).isTrue();
    }
  }
}
