package parley.envoy.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.google.protobuf.ByteString;
import io.envoyproxy.controlplane.cache.v3.Snapshot;
import io.envoyproxy.envoy.config.core.v3.HealthStatus;
import io.envoyproxy.envoy.config.route.v3.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parley.domain.NodeId;
import parley.envoy.door.DoorRules.AddressLimit;
import parley.envoy.door.DoorRules.TokenRules;
import parley.envoy.door.DoorRules.Transport;
import parley.platform.config.HostPort;
import parley.platform.discovery.NodeState;
import parley.platform.discovery.RegisteredNode;
import parley.platform.discovery.ServiceName;

class DoorSnapshotTest {
  private static final HostPort JWKS = new HostPort("127.0.0.1", 7301);

  @Test
  void aSnapshotRefersToNothingThatIsNotInIt() {
    assertThatCode(() -> snapshot(match("match-1", 5000)).ensureConsistent())
        .doesNotThrowAnyException();
  }

  @Test
  void aNewNodeChangesNothingButTheEndpoints() {
    Snapshot before = snapshot(match("match-1", 5000));
    Snapshot after = snapshot(match("match-1", 5000), match("match-2", 5001));

    assertThat(after.endpoints().version()).isNotEqualTo(before.endpoints().version());
    assertThat(after.clusters().version()).isEqualTo(before.clusters().version());
    assertThat(after.listeners().version()).isEqualTo(before.listeners().version());
    assertThat(after.routes().version()).isEqualTo(before.routes().version());
  }

  @Test
  void otherOriginsChangeTheRoutesAndNotTheListener() {
    Snapshot before = snapshot(rules(List.of()), List.of());
    Snapshot after = snapshot(rules(List.of("https://parley.example")), List.of());

    assertThat(after.routes().version()).isNotEqualTo(before.routes().version());
    assertThat(after.listeners().version()).isEqualTo(before.listeners().version());
  }

  @Test
  void aRenewedCertificateChangesNothingButTheSecret() {
    Snapshot before = withCertificate("one");
    Snapshot after = withCertificate("two");

    assertThat(after.secrets().version()).isNotEqualTo(before.secrets().version());
    assertThat(after.listeners().version()).isEqualTo(before.listeners().version());
  }

  @Test
  void aNodeThatDrainsIsListedAsDraining() {
    var endpoints =
        snapshot(match("match-1", 5000).in(NodeState.DRAINING))
            .endpoints()
            .resources()
            .get("match")
            .getEndpoints(0);

    assertThat(endpoints.getLbEndpointsList())
        .singleElement()
        .satisfies(one -> assertThat(one.getHealthStatus()).isEqualTo(HealthStatus.DRAINING));
  }

  @Test
  void twoNodesOfOneAddressAreOneEndpoint() {
    var endpoints =
        snapshot(match("match-1", 5000), match("match-2", 5000))
            .endpoints()
            .resources()
            .get("match")
            .getEndpoints(0);

    assertThat(endpoints.getLbEndpointsCount()).isEqualTo(1);
  }

  @Test
  void everyStreamLivesWithoutATimeoutAndIsTriedAgainOnlyIfNoNodeHasSeenIt() {
    List<Route> streams = routes().stream().filter(route -> isStream(route.getName())).toList();

    assertThat(streams)
        .extracting(Route::getName)
        .containsExactly(
            "parley.match.v1.MatchService/FindPeer",
            "parley.session.v1.SessionService/Converse",
            "parley.session.v1.SessionService/Open");
    assertThat(streams)
        .allSatisfy(
            route -> {
              assertThat(route.getRoute().hasTimeout()).isTrue();
              assertThat(route.getRoute().getTimeout().getSeconds()).isZero();
              assertThat(route.getRoute().getIdleTimeout().getSeconds()).isEqualTo(75);
              assertThat(route.getRoute().getRetryPolicy().getRetryOn())
                  .as("only what no node has seen")
                  .isEqualTo("connect-failure,refused-stream");
            });
  }

  @Test
  void onlyGuestsAndTheirRefreshNeedNoToken() {
    assertThat(
            routes().stream()
                .filter(route -> !route.getName().isEmpty())
                .filter(route -> route.containsTypedPerFilterConfig(DoorNames.JWT))
                .map(Route::getName))
        .containsExactly(
            "parley.identity.v1.IdentityService/CreateGuest",
            "parley.identity.v1.IdentityService/RefreshToken");
  }

  @Test
  void internalAndOperatorsServicesHaveNoRoute() {
    assertThat(routes())
        .extracting(Route::getName)
        .noneMatch(name -> name.contains("Settlement") || name.contains("Ops"));
  }

  private static boolean isStream(String name) {
    return PublicCalls.all().stream()
        .anyMatch(call -> call.streams() && call.method().getFullMethodName().equals(name));
  }

  private static List<Route> routes() {
    return new ArrayList<>(
        snapshot(rules(List.of()), List.of())
            .routes()
            .resources()
            .get(DoorNames.ROUTES)
            .getVirtualHosts(0)
            .getRoutesList());
  }

  private static RegisteredNode match(String id, int port) {
    HostPort at = new HostPort("127.0.0.1", port);
    return new RegisteredNode(ServiceName.MATCH, new NodeId(id), at, at, NodeState.READY);
  }

  private static Snapshot snapshot(RegisteredNode... nodes) {
    return snapshot(rules(List.of()), List.of(nodes));
  }

  private static Snapshot snapshot(DoorRules rules, List<RegisteredNode> nodes) {
    return DoorSnapshot.of(rules, nodes, JWKS, Optional.empty());
  }

  private static Snapshot withCertificate(String text) {
    ByteString bytes = ByteString.copyFromUtf8(text);
    return DoorSnapshot.of(
        rules(List.of()), List.of(), JWKS, Optional.of(new Certificate(bytes, bytes)));
  }

  private static DoorRules rules(List<String> origins) {
    return new DoorRules(
        new HostPort("127.0.0.1", 8080),
        origins,
        new AddressLimit(10, 10, 0),
        Duration.ofSeconds(75),
        Duration.ofSeconds(2),
        new TokenRules("parley", "parley"),
        Transport.PLAIN,
        Optional.empty());
  }
}
