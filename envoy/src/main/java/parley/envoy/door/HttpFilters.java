package parley.envoy.door;

import static parley.envoy.door.Typed.exact;

import com.google.protobuf.BoolValue;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.core.v3.GrpcMethodList;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.extensions.filters.http.cors.v3.Cors;
import io.envoyproxy.envoy.extensions.filters.http.grpc_stats.v3.FilterConfig;
import io.envoyproxy.envoy.extensions.filters.http.grpc_web.v3.GrpcWeb;
import io.envoyproxy.envoy.extensions.filters.http.health_check.v3.HealthCheck;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import java.util.List;

/// The filters in the order that works: with gRPC-Web any later, browsers get bare HTTP errors;
/// with the limit any later, it would pay for a token check first.
final class HttpFilters {
  private HttpFilters() {}

  static List<HttpFilter> of(DoorRules rules) {
    return List.of(
        filter("envoy.filters.http.health_check", healthOfTheDoor()),
        filter(DoorNames.CORS, Cors.getDefaultInstance()),
        filter("envoy.filters.http.grpc_web", GrpcWeb.getDefaultInstance()),
        filter("envoy.filters.http.local_ratelimit", AddressLimits.filter(rules.addressLimit())),
        filter(DoorNames.JWT, TokenCheck.filter(rules.tokens())),
        filter(DoorNames.RBAC, CallPermission.nothing()),
        // The rate limit service's filter comes here.
        filter("envoy.filters.http.grpc_stats", statistics()),
        filter("envoy.filters.http.router", Router.getDefaultInstance()));
  }

  private static HttpFilter filter(String name, Message config) {
    return HttpFilter.newBuilder().setName(name).setTypedConfig(Typed.any(config)).build();
  }

  /// `GET /healthz` on the listener: for a load balancer before the door.
  private static HealthCheck healthOfTheDoor() {
    return HealthCheck.newBuilder()
        .setPassThroughMode(BoolValue.of(false))
        .addHeaders(HeaderMatcher.newBuilder().setName(":path").setStringMatch(exact("/healthz")))
        .build();
  }

  /// Public calls by name and nothing else: a counter for every method that somebody makes up would
  /// never end.
  private static FilterConfig statistics() {
    GrpcMethodList.Builder calls = GrpcMethodList.newBuilder();
    for (ServiceDescriptor service : PublicCalls.SERVICES) {
      calls.addServices(
          GrpcMethodList.Service.newBuilder()
              .setName(service.getName())
              .addAllMethodNames(
                  service.getMethods().stream().map(MethodDescriptor::getBareMethodName).toList()));
    }
    return FilterConfig.newBuilder().setIndividualMethodStatsAllowlist(calls).build();
  }
}
