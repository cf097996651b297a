package parley.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.backing.EnvoyServer;
import parley.platform.discovery.ServiceName;

/// The page beside the calls, on one listener.
class SiteIT {
  private static final List<String> ARRIVED = new CopyOnWriteArrayList<>();

  private static HttpServer site;
  private static RunningDoor door;
  private static HttpClient client;
  private static String address;

  @BeforeAll
  static void open() throws IOException {
    site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    site.createContext(
        "/",
        exchange -> {
          ARRIVED.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          byte[] page = "the page".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    site.start();
    door = RunningDoor.prepare(Map.of("site.address", "127.0.0.1:" + site.getAddress().getPort()));
    var _ = door.startNode("echo-1", ServiceName.IDENTITY, ServiceName.MATCH, ServiceName.SESSION);
    EnvoyServer envoy = door.startEnvoy(door.startControlPlane());
    RunningDoor.awaitHealthy(envoy, ServiceName.MATCH, 1);
    address = "http://" + envoy.listener("door");
    client = HttpClient.newHttpClient();
  }

  @AfterAll
  static void close() {
    client.close();
    door.close();
    site.stop(0);
  }

  @BeforeEach
  void forget() {
    ARRIVED.clear();
  }

  @Test
  void thePageNeedsNoToken() throws Exception {
    HttpResponse<String> page = client.send(request("/").build(), BodyHandlers.ofString());

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).isEqualTo("the page");
    assertThat(status(request("/assets/index-abc.js?v=1"))).isEqualTo(200);
    assertThat(ARRIVED).containsExactly("GET /", "GET /assets/index-abc.js?v=1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/parley.match.v1.SettlementService/Settle",
        "/parley.match.v1.MatchService/NoSuchCall",
        "/parley.anything",
        "/grpc.health.v1.Health/Check",
        "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo"
      })
  void noCallThatHasNoRouteComesToThePage(String path) throws Exception {
    HttpRequest.Builder call = request(path).header("content-type", "application/grpc-web+proto");

    assertThat(status(call.copy().POST(BodyPublishers.noBody()))).isEqualTo(404);
    assertThat(status(call.copy().GET())).isEqualTo(404);
    assertThat(ARRIVED).isEmpty();
  }

  @Test
  void nothingUnderOurPrefixIsReadAsAPage() throws Exception {
    assertThat(status(request("/parley.match.v1.MatchService/FindPeer"))).isEqualTo(404);
    assertThat(status(request("/parley.anything"))).isEqualTo(404);
    assertThat(ARRIVED).isEmpty();
  }

  @Test
  void nothingIsWrittenToThePage() throws Exception {
    assertThat(status(request("/").POST(BodyPublishers.ofString("words")))).isEqualTo(404);
    assertThat(status(request("/").DELETE())).isEqualTo(404);
    assertThat(ARRIVED).isEmpty();
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address + path));
  }

  private static int status(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.discarding()).statusCode();
  }
}
