package parley.envoy.door;

import io.grpc.MethodDescriptor;
import parley.platform.discovery.ServiceName;

/// One call that the door lets through, and how.
record PublicCall(
    ServiceName service, MethodDescriptor<?, ?> method, Credential credential, Affinity affinity) {

  /// What a caller must show to the door.
  enum Credential {
    NONE,
    ACCESS_TOKEN
  }

  /// What decides on the node.
  enum Affinity {
    ANY_NODE,
    PARTICIPANT,
    SESSION
  }

  /// `/parley.match.v1.MatchService/FindPeer`
  String path() {
    return "/" + method.getFullMethodName();
  }

  /// Streams have no timeout.
  boolean streams() {
    return method.getType() != MethodDescriptor.MethodType.UNARY;
  }
}
