package parley.platform.discovery;

import com.google.common.net.InetAddresses;
import parley.domain.NodeId;
import parley.platform.config.HostPort;

/// One running node as others find it.
///
/// @param serving where the door routes public calls to, and checks health
/// @param mesh where other services call it; the serving address for a service without internal
///   calls
/// @param room how much more it takes
public record RegisteredNode(
    ServiceName service, NodeId node, HostPort serving, HostPort mesh, NodeState state, Room room) {

  public RegisteredNode {
    checkReachable("serving", serving);
    checkReachable("mesh", mesh);
  }

  /// A node that does not count what it takes.
  public RegisteredNode(
      ServiceName service, NodeId node, HostPort serving, HostPort mesh, NodeState state) {
    this(service, node, serving, mesh, state, Room.UNBOUNDED);
  }

  /// The same node, seen in another state.
  public RegisteredNode in(NodeState other) {
    return new RegisteredNode(service, node, serving, mesh, other, room);
  }

  /// The same node with as much room as this.
  public RegisteredNode with(Room now) {
    return new RegisteredNode(service, node, serving, mesh, state, now);
  }

  /// Envoy refuses a whole service for one host name in it, and a wildcard means another machine to
  /// each who reads it.
  private static void checkReachable(String what, HostPort at) {
    if (!InetAddresses.isInetAddress(at.host())
        || InetAddresses.forString(at.host()).isAnyLocalAddress()
        || at.port() == 0) {
      throw new IllegalArgumentException(
          what + " address is '" + at + "', expected an IP address and port that others can reach");
    }
  }
}
