package parley.platform.discovery;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Optional;
import parley.domain.NodeId;
import parley.platform.config.HostPort;
import parley.proto.storage.discovery.v1.StoredNode;
import parley.proto.storage.discovery.v1.StoredNodeState;

/// Nodes as bytes in Redis and back.
final class StoredNodes {
  private StoredNodes() {}

  static byte[] write(RegisteredNode node, long incarnation) {
    StoredNode.Builder stored = StoredNode.newBuilder();
    if (!node.room().equals(Room.UNBOUNDED)) {
      stored.setPlaces(node.room().places());
    }
    return stored
        .setService(node.service().text())
        .setNodeId(node.node().text())
        .setServingAddress(node.serving().toString())
        .setMeshAddress(node.mesh().toString())
        .setState(
            switch (node.state()) {
              case READY -> StoredNodeState.STORED_NODE_STATE_READY;
              case DRAINING -> StoredNodeState.STORED_NODE_STATE_DRAINING;
            })
        .setIncarnation(incarnation)
        .build()
        .toByteArray();
  }

  /// Empty for a service that this version does not know.
  ///
  /// @throws IllegalArgumentException if the entry is not one of ours
  static Optional<RegisteredNode> read(byte[] entry) {
    StoredNode stored = parse(entry);
    return ServiceName.of(stored.getService())
        .map(
            service ->
                new RegisteredNode(
                    service,
                    new NodeId(stored.getNodeId()),
                    HostPort.parse(stored.getServingAddress()),
                    HostPort.parse(stored.getMeshAddress()),
                    stored.getState() == StoredNodeState.STORED_NODE_STATE_READY
                        ? NodeState.READY
                        : NodeState.DRAINING,
                    stored.hasPlaces() ? new Room(stored.getPlaces()) : Room.UNBOUNDED));
  }

  /// Empty for another service.
  ///
  /// @throws IllegalArgumentException if the entry is not one of ours
  static Optional<LivingNode> life(byte[] entry, ServiceName service) {
    StoredNode stored = parse(entry);
    return stored.getService().equals(service.text())
        ? Optional.of(new LivingNode(new NodeId(stored.getNodeId()), stored.getIncarnation()))
        : Optional.empty();
  }

  private static StoredNode parse(byte[] entry) {
    try {
      return StoredNode.parseFrom(entry);
    } catch (InvalidProtocolBufferException broken) {
      throw new IllegalArgumentException("entry of a node is not a StoredNode", broken);
    }
  }
}
