package parley.envoy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.backing.EnvoyServer;
import parley.backing.NotStarted;
import parley.platform.config.HostPort;
import parley.platform.discovery.ServiceName;
import parley.proto.match.v1.KeepWaitingRequest;
import parley.proto.match.v1.MatchServiceGrpc;
import parley.testing.Eventually;

/// A real Envoy takes in everything that it is told.
class SnapshotAcceptedIT {
  private RunningDoor door;

  @AfterEach
  void close() {
    door.close();
  }

  @Test
  void envoyTakesTheWholeSnapshotAndSaysSo() {
    door = RunningDoor.prepare(Map.of());
    door.startNode("echo-1", ServiceName.values());
    EnvoyServer envoy = door.startEnvoy(door.startControlPlane());

    for (String type :
        new String[] {"Cluster", "ClusterLoadAssignment", "Listener", "RouteConfiguration"}) {
      Eventually.holds(type + " is accepted", () -> counted("accepted", type) > 0);
    }
    assertThat(door.context.meters().find("parley.door.snapshots.refused").counters())
        .extracting(Counter::count)
        .isEmpty();
    assertThat(envoy.admin("GET", "/stats?filter=update_rejected").lines())
        .isNotEmpty()
        .allMatch(line -> line.endsWith(": 0"));
    assertThat(envoy.admin("GET", "/config_dump?include_eds"))
        .contains("TCP_USER_TIMEOUT, ms", "\"hash_key\": \"echo-1\"")
        .contains("/parley.session.v1.SessionService/Converse", "\"timeout\": \"0s\"")
        .contains("\"idle_timeout\": \"75s\"", "\"initial_connection_window_size\": 268435456")
        .contains("\"max_requests\": 100000", "\"x-parley-session\"")
        .doesNotContain("Settlement", "\"local_jwks\"");
  }

  @Test
  void aListenerThatEnvoyRefusesIsToldOnceAndTheOldOneServesOn() {
    door = RunningDoor.prepare(Map.of());
    door.startNode("echo-1", ServiceName.values());
    DoorNode controlPlane = door.startControlPlane();
    EnvoyServer envoy = door.startEnvoy(controlPlane);
    HostPort xds = controlPlane.xds();
    controlPlane.close();

    door.settings().put("xds.address", xds.toString());
    // An address for documentation: no machine has it.
    door.settings().put("listener.address", "203.0.113.1:0");
    door.startControlPlane();

    Eventually.holds("the refusal is counted", () -> counted("refused", "Listener") > 0);
    door.startNode("echo-2", ServiceName.MATCH);
    RunningDoor.awaitHealthy(envoy, ServiceName.MATCH, 2);
    assertThat(counted("refused", "Listener")).isEqualTo(1);
    try (WebCaller page = new WebCaller(envoy.listener("door"))) {
      assertThat(page.method("GET", "/healthz", Map.of()).http()).isEqualTo(200);
    }
  }

  @Test
  void anAddressThatIsTakenIsASentenceAndRoutesThatNobodyAskedForAreNotSent() throws IOException {
    DoorNode controlPlane;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      door = RunningDoor.prepare(Map.of("listener.address", address));
      door.startNode("echo-1", ServiceName.values());
      controlPlane = door.startControlPlane();

      assertThatThrownBy(() -> door.startEnvoy(controlPlane))
          .isInstanceOf(NotStarted.class)
          .hasMessageContaining("cannot bind '" + address + "': Address already in use");

      double before = counted("accepted", "ClusterLoadAssignment");
      door.startNode("echo-2", ServiceName.MATCH);
      Eventually.holds(
          "Envoy hears of the next node",
          () -> counted("accepted", "ClusterLoadAssignment") > before);
      assertThat(Files.readString(door.folder().resolve("envoy.log")))
          .doesNotContain("Ignoring unwatched type");
    }
    // The same folder, in whose log the first one's words stand still.
    assertThat(door.startEnvoy(controlPlane).running()).isTrue();
  }

  @Test
  void moreCallsThanAnAddressMayMakeAre8UntilTheBucketFills() {
    door = RunningDoor.prepare(Map.of("address-limit.burst", "3", "address-limit.per-second", "1"));
    EchoNode node = door.startNode("echo-1", ServiceName.MATCH);
    EnvoyServer envoy = door.startEnvoy(door.startControlPlane());
    RunningDoor.awaitHealthy(envoy, ServiceName.MATCH, 1);
    String path = "/" + MatchServiceGrpc.getKeepWaitingMethod().getFullMethodName();
    Map<String, String> headers = Map.of("authorization", "Bearer " + door.tokens.good());
    try (WebCaller page = new WebCaller(envoy.listener("door"));
        NativeCaller app = new NativeCaller(envoy.listener("door"))) {
      KeepWaitingRequest asked = KeepWaitingRequest.getDefaultInstance();
      AtomicReference<WebCaller.Answer> refused = new AtomicReference<>();
      Eventually.holds(
          "a call is too many",
          () -> {
            refused.set(page.call(path, asked, headers));
            return refused.get().grpcStatus() == 8;
          });
      assertThat(refused.get().headers()).containsEntry("retry-after", "1");
      Eventually.holds(
          "a native call is too many",
          () ->
              app.call(MatchServiceGrpc.getKeepWaitingMethod(), asked, headers).code().value()
                  == 8);
      int arrived = node.arrivals.size();
      Eventually.holds("calls pass again", () -> page.call(path, asked, headers).grpcStatus() == 0);
      assertThat(node.arrivals).hasSize(arrived + 1);
    }
  }

  @Test
  void behindAProxyEachOfItsCallersHasABucketAndNobodyElseNamesHisOwn() {
    assertThat(refusedAlsoElsewhere("1")).as("one proxy is believed").isFalse();
    door.close();
    assertThat(refusedAlsoElsewhere("0")).as("nobody is believed").isTrue();
  }

  /// Whether a caller who says to be somebody else is refused with the one who made too many calls.
  private boolean refusedAlsoElsewhere(String trustedHops) {
    door =
        RunningDoor.prepare(
            Map.of(
                "address-limit.burst", "3",
                "address-limit.per-second", "1",
                "address-limit.trusted-hops", trustedHops));
    door.startNode("echo-1", ServiceName.MATCH);
    EnvoyServer envoy = door.startEnvoy(door.startControlPlane());
    RunningDoor.awaitHealthy(envoy, ServiceName.MATCH, 1);
    try (WebCaller page = new WebCaller(envoy.listener("door"))) {
      // Five tries: a bucket that both share may get a token between the two calls.
      return IntStream.rangeClosed(2, 6)
          .anyMatch(other -> refusedWith(page, "198.51.100." + other));
    }
  }

  private boolean refusedWith(WebCaller page, String other) {
    Eventually.holds("a call is too many", () -> keepWaiting(page, "198.51.100.1") == 8);
    return keepWaiting(page, other) == 8;
  }

  private int keepWaiting(WebCaller page, String from) {
    return page.call(
            "/" + MatchServiceGrpc.getKeepWaitingMethod().getFullMethodName(),
            KeepWaitingRequest.getDefaultInstance(),
            Map.of("authorization", "Bearer " + door.tokens.good(), "x-forwarded-for", from))
        .grpcStatus();
  }

  private double counted(String verdict, String type) {
    return door.context.meters().counter("parley.door.snapshots." + verdict, "type", type).count();
  }
}
