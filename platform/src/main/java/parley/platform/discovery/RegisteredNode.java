package parley.platform.discovery;

import parley.domain.NodeId;
import parley.platform.config.HostPort;

/// One running node as others find it.
///
/// @param serving where the door routes public calls to, and checks health
/// @param mesh where other services call it; the serving address for a service without internal
///   calls
public record RegisteredNode(
    ServiceName service, NodeId node, HostPort serving, HostPort mesh, NodeState state) {

  /// The same node, seen in another state.
  public RegisteredNode in(NodeState other) {
    return new RegisteredNode(service, node, serving, mesh, other);
  }
}
