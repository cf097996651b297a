package parley.platform.discovery;

import parley.domain.NodeId;
import parley.platform.config.HostPort;

/// Nodes for tests.
final class RegisteredNodes {
  private RegisteredNodes() {}

  static RegisteredNode ready(ServiceName service, String id, int port) {
    return new RegisteredNode(
        service,
        new NodeId(id),
        new HostPort("127.0.0.1", port),
        new HostPort("127.0.0.1", port + 1),
        NodeState.READY);
  }
}
