package parley.envoy.door;

import static parley.envoy.door.Typed.duration;
import static parley.envoy.door.Typed.number;

import com.google.protobuf.UInt64Value;
import io.envoyproxy.envoy.config.cluster.v3.CircuitBreakers;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.cluster.v3.OutlierDetection;
import io.envoyproxy.envoy.config.cluster.v3.UpstreamConnectionOptions;
import io.envoyproxy.envoy.config.core.v3.AggregatedConfigSource;
import io.envoyproxy.envoy.config.core.v3.ApiVersion;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.envoyproxy.envoy.config.core.v3.HealthCheck;
import io.envoyproxy.envoy.config.core.v3.Http2ProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.KeepaliveSettings;
import io.envoyproxy.envoy.config.core.v3.TcpKeepalive;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import io.envoyproxy.envoy.type.v3.Percent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import parley.platform.config.HostPort;
import parley.platform.discovery.ServiceName;

/// How Envoy speaks to each service, and to the key endpoint.
final class DoorClusters {
  private static final Duration CONNECT = Duration.ofSeconds(1);

  /// A stalled reader's bytes are charged to the connection it shares: its window must hold all
  /// streams, four times over. With Envoy's defaults, or 64 MiB, a thousand stalled readers silence
  /// everybody.
  private static final int STREAM_WINDOW = 64 * 1024;

  private static final int CONNECTION_WINDOW = 256 * 1024 * 1024;
  private static final int STREAMS_PER_CONNECTION = 1024;

  /// Envoy's default of 1,024 would refuse the 1,025th stream of a service.
  private static final int STREAMS_PER_SERVICE = 100_000;

  private static final int PENDING = 10_000;
  private static final int CONNECTION_BUFFER = 32 * 1024;
  private static final long SMALLEST_RING = 1024;

  /// What health checks find reaches the workers after it; Envoy's default is a second.
  private static final Duration MERGE = Duration.ofMillis(100);

  private DoorClusters() {}

  static List<Cluster> of(DoorRules rules, HostPort jwks) {
    List<Cluster> clusters = new ArrayList<>();
    for (ServiceName service : ServiceName.ROUTED) {
      clusters.add(service(service, rules));
    }
    clusters.add(plain(DoorNames.JWKS_CLUSTER, jwks));
    rules.site().ifPresent(site -> clusters.add(plain(DoorNames.SITE_CLUSTER, site)));
    return List.copyOf(clusters);
  }

  private static Cluster service(ServiceName service, DoorRules rules) {
    Cluster.Builder cluster =
        Cluster.newBuilder()
            .setName(service.text())
            .setType(Cluster.DiscoveryType.EDS)
            .setEdsClusterConfig(Cluster.EdsClusterConfig.newBuilder().setEdsConfig(overAds()))
            .setConnectTimeout(duration(CONNECT))
            .setPerConnectionBufferLimitBytes(number(CONNECTION_BUFFER))
            .addHealthChecks(healthCheck(rules.healthEvery()))
            .setIgnoreHealthOnHostRemoval(true)
            .setOutlierDetection(outliers())
            .setCommonLbConfig(
                Cluster.CommonLbConfig.newBuilder()
                    .setHealthyPanicThreshold(Percent.newBuilder().setValue(0))
                    .setUpdateMergeWindow(duration(MERGE)))
            .setCircuitBreakers(limits())
            .setUpstreamConnectionOptions(keepalive())
            .putTypedExtensionProtocolOptions(
                "envoy.extensions.upstreams.http.v3.HttpProtocolOptions", Typed.any(http2()));
    return balanced(cluster, service).build();
  }

  static ConfigSource overAds() {
    return ConfigSource.newBuilder()
        .setAds(AggregatedConfigSource.getDefaultInstance())
        .setResourceApiVersion(ApiVersion.V3)
        .build();
  }

  private static Cluster.Builder balanced(Cluster.Builder cluster, ServiceName service) {
    return switch (service) {
      case IDENTITY -> cluster.setLbPolicy(Cluster.LbPolicy.LEAST_REQUEST);
      case MATCH, SESSION ->
          cluster
              .setLbPolicy(Cluster.LbPolicy.RING_HASH)
              .setRingHashLbConfig(
                  Cluster.RingHashLbConfig.newBuilder()
                      .setMinimumRingSize(UInt64Value.of(SMALLEST_RING)));
      case BOT -> throw new IllegalArgumentException("the door does not route to bot");
    };
  }

  /// A new node gets traffic after its first good answer; one that stops answering gets none after
  /// two.
  private static HealthCheck healthCheck(Duration every) {
    return HealthCheck.newBuilder()
        .setTimeout(duration(CONNECT))
        .setInterval(duration(every))
        .setNoTrafficInterval(duration(every))
        .setNoTrafficHealthyInterval(duration(every))
        .setUnhealthyThreshold(number(2))
        .setHealthyThreshold(number(1))
        .setGrpcHealthCheck(HealthCheck.GrpcHealthCheck.getDefaultInstance())
        .build();
  }

  /// Only what happens on the way to a node counts: a status of the service itself is an answer.
  private static OutlierDetection outliers() {
    return OutlierDetection.newBuilder()
        .setSplitExternalLocalOriginErrors(true)
        .setConsecutiveLocalOriginFailure(number(2))
        .setEnforcingConsecutive5Xx(number(0))
        .setEnforcingConsecutiveGatewayFailure(number(0))
        .setEnforcingSuccessRate(number(0))
        .setEnforcingLocalOriginSuccessRate(number(0))
        .setBaseEjectionTime(duration(Duration.ofSeconds(5)))
        .setMaxEjectionPercent(number(50))
        .build();
  }

  private static CircuitBreakers limits() {
    return CircuitBreakers.newBuilder()
        .addThresholds(
            CircuitBreakers.Thresholds.newBuilder()
                .setMaxConnections(number(1024))
                .setMaxPendingRequests(number(PENDING))
                .setMaxRequests(number(STREAMS_PER_SERVICE))
                .setTrackRemaining(true))
        .build();
  }

  private static UpstreamConnectionOptions keepalive() {
    return UpstreamConnectionOptions.newBuilder()
        .setTcpKeepalive(
            TcpKeepalive.newBuilder()
                .setKeepaliveTime(number(20))
                .setKeepaliveInterval(number(5))
                .setKeepaliveProbes(number(3)))
        .build();
  }

  static HttpProtocolOptions http2() {
    Http2ProtocolOptions http2 =
        Http2ProtocolOptions.newBuilder()
            .setInitialStreamWindowSize(number(STREAM_WINDOW))
            .setInitialConnectionWindowSize(number(CONNECTION_WINDOW))
            .setMaxConcurrentStreams(number(STREAMS_PER_CONNECTION))
            .setConnectionKeepalive(
                KeepaliveSettings.newBuilder()
                    .setInterval(duration(Duration.ofSeconds(30)))
                    .setTimeout(duration(Duration.ofSeconds(5))))
            .build();
    return HttpProtocolOptions.newBuilder()
        .setExplicitHttpConfig(
            HttpProtocolOptions.ExplicitHttpConfig.newBuilder().setHttp2ProtocolOptions(http2))
        .build();
  }

  /// HTTP/1.1 to a name or an address: in a cluster of machines the control plane and the site have
  /// names, and all addresses of a name are used.
  private static Cluster plain(String name, HostPort at) {
    return Cluster.newBuilder()
        .setName(name)
        .setType(Cluster.DiscoveryType.STRICT_DNS)
        .setConnectTimeout(duration(CONNECT))
        .setLoadAssignment(
            ClusterLoadAssignment.newBuilder()
                .setClusterName(name)
                .addEndpoints(
                    LocalityLbEndpoints.newBuilder()
                        .addLbEndpoints(
                            LbEndpoint.newBuilder()
                                .setEndpoint(
                                    Endpoint.newBuilder().setAddress(DoorEndpoints.address(at))))))
        .build();
  }
}
