package parley.envoy.door;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.HealthStatus;
import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import parley.platform.config.HostPort;
import parley.platform.discovery.NodeState;
import parley.platform.discovery.RegisteredNode;
import parley.platform.discovery.ServiceName;

/// Where each service's nodes are. A node that drains keeps its streams and gets no new ones.
final class DoorEndpoints {
  private DoorEndpoints() {}

  /// One assignment for each service that is routed to, also for one without nodes.
  static List<ClusterLoadAssignment> of(List<RegisteredNode> nodes) {
    return ServiceName.ROUTED.stream()
        .map(
            service ->
                assignment(
                    service, nodes.stream().filter(node -> node.service() == service).toList()))
        .toList();
  }

  static Address address(HostPort at) {
    return Address.newBuilder()
        .setSocketAddress(SocketAddress.newBuilder().setAddress(at.host()).setPortValue(at.port()))
        .build();
  }

  /// Two nodes of one address are one endpoint: Envoy would count it twice.
  private static ClusterLoadAssignment assignment(ServiceName service, List<RegisteredNode> nodes) {
    Set<HostPort> seen = new HashSet<>();
    List<LbEndpoint> endpoints =
        nodes.stream()
            .filter(node -> seen.add(node.serving()))
            .map(DoorEndpoints::endpoint)
            .toList();
    return ClusterLoadAssignment.newBuilder()
        .setClusterName(service.text())
        .addEndpoints(LocalityLbEndpoints.newBuilder().addAllLbEndpoints(endpoints))
        .build();
  }

  private static LbEndpoint endpoint(RegisteredNode node) {
    return LbEndpoint.newBuilder()
        .setEndpoint(Endpoint.newBuilder().setAddress(address(node.serving())))
        .setHealthStatus(
            node.state() == NodeState.READY ? HealthStatus.HEALTHY : HealthStatus.DRAINING)
        .setMetadata(placeInRing(node))
        .build();
  }

  /// The place on the ring goes by the node's id: a node that restarts on another port keeps its
  /// share.
  private static Metadata placeInRing(RegisteredNode node) {
    Value id = Value.newBuilder().setStringValue(node.node().text()).build();
    return Metadata.newBuilder()
        .putFilterMetadata("envoy.lb", Struct.newBuilder().putFields("hash_key", id).build())
        .build();
  }
}
