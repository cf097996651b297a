package parley.local;

import parley.match.MatchNode;
import parley.platform.config.HostPort;
import parley.platform.discovery.ServiceName;
import parley.platform.lifecycle.Node;

/// One node of this machine and where it listens.
///
/// @param service as in its configuration: `match`, `door`, …
/// @param serving what Envoy speaks to; for a bot, what our own services do
/// @param adminGrpc health, reflection and channelz, for grpcurl
/// @param adminHttp `/metrics`
public record LocalNode(
    String service, Node node, HostPort serving, HostPort adminGrpc, HostPort adminHttp) {
  public String id() {
    return node.id().text();
  }

  /// Whether Envoy sends calls to it.
  boolean isRouted() {
    return ServiceName.of(service).filter(ServiceName.ROUTED::contains).isPresent();
  }

  /// Whether it would pair people now, if that is what it does.
  boolean pairs() {
    return !(node instanceof MatchNode match) || match.pairs();
  }
}
