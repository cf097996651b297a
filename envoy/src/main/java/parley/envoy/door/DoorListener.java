package parley.envoy.door;

import static parley.envoy.door.Typed.number;

import io.envoyproxy.envoy.config.core.v3.SocketOption;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import java.util.List;

/// Where clients come in: the one resource that must not change while the process runs.
final class DoorListener {
  /// Decides what a stalled reader costs: 0.2 MB instead of 1.3 with Envoy's default of 1 MiB.
  private static final int CONNECTION_BUFFER = 32 * 1024;

  private static final int SOL_SOCKET = 1;
  private static final int SO_KEEPALIVE = 9;
  private static final int IPPROTO_TCP = 6;
  private static final int TCP_KEEPIDLE = 4;
  private static final int TCP_KEEPINTVL = 5;
  private static final int TCP_KEEPCNT = 6;
  private static final int TCP_USER_TIMEOUT = 18;

  private DoorListener() {}

  static Listener of(DoorRules rules) {
    // Envoy goes by the type; the control plane's consistency check knows only this name.
    Filter connections =
        Filter.newBuilder()
            .setName("envoy.http_connection_manager")
            .setTypedConfig(Typed.any(ConnectionRules.of(rules)))
            .build();
    FilterChain.Builder chain = FilterChain.newBuilder().addFilters(connections);
    if (rules.transport() == DoorRules.Transport.TLS) {
      chain.setTransportSocket(tls());
    }
    return Listener.newBuilder()
        .setName(DoorNames.LISTENER)
        .setAddress(DoorEndpoints.address(rules.listener()))
        .setPerConnectionBufferLimitBytes(number(CONNECTION_BUFFER))
        .addAllSocketOptions(deadPeers())
        .addFilterChains(chain)
        .build();
  }

  /// A web client that vanishes while heartbeats are written to it is found by the user timeout
  /// alone (30 s; else 939 s), a silent one by keepalive. The user timeout also ends a client that
  /// lives but has not read for so long.
  private static List<SocketOption> deadPeers() {
    return List.of(
        option("TCP_USER_TIMEOUT, ms", IPPROTO_TCP, TCP_USER_TIMEOUT, 30_000),
        option("SO_KEEPALIVE", SOL_SOCKET, SO_KEEPALIVE, 1),
        option("TCP_KEEPIDLE, s", IPPROTO_TCP, TCP_KEEPIDLE, 20),
        option("TCP_KEEPINTVL, s", IPPROTO_TCP, TCP_KEEPINTVL, 5),
        option("TCP_KEEPCNT", IPPROTO_TCP, TCP_KEEPCNT, 2));
  }

  private static SocketOption option(String description, int level, int name, int value) {
    return SocketOption.newBuilder()
        .setDescription(description)
        .setLevel(level)
        .setName(name)
        .setIntValue(value)
        .setState(SocketOption.SocketState.STATE_PREBIND)
        .build();
  }

  private static TransportSocket tls() {
    DownstreamTlsContext context =
        DownstreamTlsContext.newBuilder()
            .setCommonTlsContext(
                CommonTlsContext.newBuilder()
                    .addAlpnProtocols("h2")
                    .addAlpnProtocols("http/1.1")
                    .addTlsCertificateSdsSecretConfigs(
                        SdsSecretConfig.newBuilder()
                            .setName(DoorNames.CERTIFICATE)
                            .setSdsConfig(DoorClusters.overAds())))
            .build();
    return TransportSocket.newBuilder()
        .setName("envoy.transport_sockets.tls")
        .setTypedConfig(Typed.any(context))
        .build();
  }
}
