package parley.envoy.door;

import static parley.envoy.door.Typed.duration;
import static parley.envoy.door.Typed.number;

import com.google.protobuf.BoolValue;
import io.envoyproxy.envoy.config.core.v3.Http2ProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.HttpProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.KeepaliveSettings;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.Rds;
import java.time.Duration;

/// How clients are spoken to. No lifetime of connections, no request timeout: both would end long
/// streams.
final class ConnectionRules {
  /// As much as the services take.
  private static final int HEADER_KIB = 16;

  private static final int STREAMS_PER_CONNECTION = 100;
  private static final int STREAM_WINDOW = 64 * 1024;
  private static final int CONNECTION_WINDOW = 1024 * 1024;

  private ConnectionRules() {}

  static HttpConnectionManager of(DoorRules rules) {
    return HttpConnectionManager.newBuilder()
        .setStatPrefix(DoorNames.LISTENER)
        .setCodecType(HttpConnectionManager.CodecType.AUTO)
        .setRds(
            Rds.newBuilder()
                .setConfigSource(DoorClusters.overAds())
                .setRouteConfigName(DoorNames.ROUTES))
        .addAllHttpFilters(HttpFilters.of(rules))
        .addAccessLog(AccessLines.toStandardOutput())
        .setLocalReplyConfig(WebReplies.mappers())
        .setCommonHttpProtocolOptions(common())
        .setHttp2ProtocolOptions(http2())
        .setServerName("parley")
        .setUseRemoteAddress(BoolValue.of(true))
        .setXffNumTrustedHops(rules.addressLimit().trustedHops())
        .setGenerateRequestId(BoolValue.of(true))
        .setNormalizePath(BoolValue.of(true))
        .setMergeSlashes(true)
        .setPathWithEscapedSlashesAction(
            HttpConnectionManager.PathWithEscapedSlashesAction.REJECT_REQUEST)
        .setMaxRequestHeadersKb(number(HEADER_KIB))
        .setRequestHeadersTimeout(duration(Duration.ofSeconds(10)))
        .setStreamIdleTimeout(duration(rules.streamIdle()))
        .setDelayedCloseTimeout(duration(Duration.ofSeconds(1)))
        .build();
  }

  /// An underscore in a header name is refused: some servers read it as a dash.
  private static HttpProtocolOptions common() {
    return HttpProtocolOptions.newBuilder()
        .setIdleTimeout(duration(Duration.ofHours(1)))
        .setMaxHeadersCount(number(64))
        .setHeadersWithUnderscoresAction(
            HttpProtocolOptions.HeadersWithUnderscoresAction.REJECT_REQUEST)
        .build();
  }

  /// Pings find a native client that vanished.
  private static Http2ProtocolOptions http2() {
    return Http2ProtocolOptions.newBuilder()
        .setMaxConcurrentStreams(number(STREAMS_PER_CONNECTION))
        .setInitialStreamWindowSize(number(STREAM_WINDOW))
        .setInitialConnectionWindowSize(number(CONNECTION_WINDOW))
        .setConnectionKeepalive(
            KeepaliveSettings.newBuilder()
                .setInterval(duration(Duration.ofSeconds(30)))
                .setTimeout(duration(Duration.ofSeconds(10))))
        .setOverrideStreamErrorOnInvalidHttpMessage(BoolValue.of(true))
        .build();
  }
}
