package parley.platform.config;

import parley.domain.NodeId;

/// What every node is told: who it is, and where operators reach it.
///
/// @param adminGrpc health, reflection, channelz, Ops
/// @param adminHttp `/metrics`
public record NodeConfig(NodeId id, HostPort adminGrpc, HostPort adminHttp) {
  /// Reads `node.id`, `admin.grpc` and `admin.http`. An id must be given, because two nodes of one
  /// id take each other's place; the ports are any on loopback unless set.
  public static NodeConfig read(Settings settings) {
    return new NodeConfig(
        id(settings), settings.listener("admin.grpc"), settings.listener("admin.http"));
  }

  private static NodeId id(Settings settings) {
    String text = settings.text("node.id");
    try {
      return new NodeId(text);
    } catch (IllegalArgumentException wrong) {
      if (!text.isEmpty()) {
        settings.fault(
            "node.id", text, "1 to 63 of a-z, 0-9, '.' and '-', not starting with a sign");
      }
      return new NodeId("nobody");
    }
  }
}
