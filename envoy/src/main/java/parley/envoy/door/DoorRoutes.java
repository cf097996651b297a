package parley.envoy.door;

import static parley.envoy.door.Typed.duration;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import parley.envoy.door.PublicCall.Credential;

/// Every public call by its exact path, the page if there is one, and 404 for everything else.
///
/// Only POST (and a browser's OPTIONS) with a gRPC content type and without a query string reaches
/// a service. What is refused needs no token to be told so.
final class DoorRoutes {
  private static final Duration UNARY_TIMEOUT = Duration.ofSeconds(15);
  private static final Duration NONE = Duration.ZERO;
  private static final String OURS = "/parley.";

  private DoorRoutes() {}

  static RouteConfiguration of(DoorRules rules) {
    VirtualHost.Builder host =
        VirtualHost.newBuilder()
            .setName("parley")
            .addDomains("*")
            .putTypedPerFilterConfig(DoorNames.CORS, Typed.any(CorsRules.policy(rules.origins())))
            .addRoutes(refused(RouteMatch.newBuilder().setPrefix(OURS).addHeaders(query())))
            .addRoutes(
                refused(
                    RouteMatch.newBuilder()
                        .setPrefix(OURS)
                        .addHeaders(notPreflight())
                        .addHeaders(notGrpc())));
    PublicCalls.all().forEach(call -> host.addRoutes(route(call, rules)));
    if (rules.site().isPresent()) {
      host.addRoutes(refused(RouteMatch.newBuilder().setPrefix(OURS)));
      host.addRoutes(site());
    }
    host.addRoutes(refused(RouteMatch.newBuilder().setPrefix("/")));
    return RouteConfiguration.newBuilder()
        .setName(DoorNames.ROUTES)
        .addVirtualHosts(host)
        .addRequestHeadersToAdd(correlation())
        .build();
  }

  private static Route route(PublicCall call, DoorRules rules) {
    RouteAction.Builder action =
        RouteAction.newBuilder()
            .setCluster(call.service().text())
            .addAllHashPolicy(hash(call.affinity()))
            .setRetryPolicy(RetryRules.unseen());
    if (call.streams()) {
      action.setTimeout(duration(NONE)).setIdleTimeout(duration(rules.streamIdle()));
    } else {
      action.setTimeout(duration(UNARY_TIMEOUT));
    }
    return Route.newBuilder()
        .setName(call.method().getFullMethodName())
        .setMatch(
            RouteMatch.newBuilder()
                .setPath(call.path())
                .addHeaders(
                    HeaderMatcher.newBuilder()
                        .setName(":method")
                        .setStringMatch(Typed.regex("POST|OPTIONS"))))
        .setRoute(action)
        .putAllTypedPerFilterConfig(permission(call))
        .build();
  }

  /// Which filters let the call pass: the listener's defaults ask every call for a token and permit
  /// none.
  private static Map<String, Any> permission(PublicCall call) {
    Any allowed = Typed.any(CallPermission.allowing(call));
    return call.credential() == Credential.NONE
        ? Map.of(DoorNames.JWT, Typed.any(TokenCheck.off()), DoorNames.RBAC, allowed)
        : Map.of(DoorNames.RBAC, allowed);
  }

  /// The ring goes by participant for match-svc and by session for session-svc, so that a member
  /// comes back to the node that has the log in memory. A session call without the header goes by
  /// participant; the service refuses it.
  private static List<RouteAction.HashPolicy> hash(PublicCall.Affinity affinity) {
    return switch (affinity) {
      case ANY_NODE -> List.of();
      case PARTICIPANT -> List.of(hash(DoorNames.SUBJECT_HEADER));
      case SESSION -> List.of(hash(DoorNames.SESSION_HEADER), hash(DoorNames.SUBJECT_HEADER));
    };
  }

  private static RouteAction.HashPolicy hash(String header) {
    return RouteAction.HashPolicy.newBuilder()
        .setHeader(RouteAction.HashPolicy.Header.newBuilder().setHeaderName(header))
        .setTerminal(true)
        .build();
  }

  /// The page: whatever is read and is no call. Nothing under our prefix comes so far.
  private static Route site() {
    return Route.newBuilder()
        .setName(DoorNames.SITE_CLUSTER)
        .setMatch(
            RouteMatch.newBuilder()
                .setPrefix("/")
                .addHeaders(
                    HeaderMatcher.newBuilder()
                        .setName(":method")
                        .setStringMatch(Typed.regex("GET|HEAD")))
                .addHeaders(notGrpc()))
        .setRoute(
            RouteAction.newBuilder()
                .setCluster(DoorNames.SITE_CLUSTER)
                .setTimeout(duration(UNARY_TIMEOUT)))
        .putTypedPerFilterConfig(DoorNames.JWT, Typed.any(TokenCheck.off()))
        .putTypedPerFilterConfig(DoorNames.RBAC, Typed.any(CallPermission.off()))
        .build();
  }

  private static Route refused(RouteMatch.Builder match) {
    return Route.newBuilder()
        .setMatch(match)
        .setRoute(
            RouteAction.newBuilder()
                .setCluster(DoorNames.NOWHERE)
                .setClusterNotFoundResponseCode(RouteAction.ClusterNotFoundResponseCode.NOT_FOUND))
        .putTypedPerFilterConfig(DoorNames.JWT, Typed.any(TokenCheck.off()))
        .putTypedPerFilterConfig(DoorNames.RBAC, Typed.any(CallPermission.off()))
        .build();
  }

  private static HeaderMatcher query() {
    return HeaderMatcher.newBuilder()
        .setName(":path")
        .setStringMatch(Typed.regex("[^?]*\\?.*"))
        .build();
  }

  private static HeaderMatcher notPreflight() {
    return HeaderMatcher.newBuilder()
        .setName(":method")
        .setStringMatch(Typed.exact("OPTIONS"))
        .setInvertMatch(true)
        .build();
  }

  /// An inverted match of a missing header fails unless it counts as empty.
  private static HeaderMatcher notGrpc() {
    return HeaderMatcher.newBuilder()
        .setName("content-type")
        .setStringMatch(Typed.prefix("application/grpc"))
        .setInvertMatch(true)
        .setTreatMissingHeaderAsEmpty(true)
        .build();
  }

  /// A call without a correlation id gets Envoy's own request id as one.
  private static HeaderValueOption correlation() {
    return HeaderValueOption.newBuilder()
        .setHeader(
            HeaderValue.newBuilder()
                .setKey(DoorNames.CORRELATION_HEADER)
                .setValue("%REQ(x-request-id)%"))
        .setAppendAction(HeaderValueOption.HeaderAppendAction.ADD_IF_ABSENT)
        .build();
  }
}
