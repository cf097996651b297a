package parley.envoy.door;

import io.envoyproxy.envoy.config.rbac.v3.MetadataSource;
import io.envoyproxy.envoy.config.rbac.v3.Permission;
import io.envoyproxy.envoy.config.rbac.v3.Policy;
import io.envoyproxy.envoy.config.rbac.v3.Principal;
import io.envoyproxy.envoy.config.rbac.v3.SourcedMetadata;
import io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBAC;
import io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBACPerRoute;
import io.envoyproxy.envoy.type.matcher.v3.MetadataMatcher;
import io.envoyproxy.envoy.type.matcher.v3.PathMatcher;
import io.envoyproxy.envoy.type.matcher.v3.ValueMatcher;
import parley.envoy.door.PublicCall.Credential;

/// Nothing is permitted but what a route permits: the list of public calls lives in the routes, so
/// that it may grow without touching the listener.
final class CallPermission {
  private CallPermission() {}

  /// The listener's own rule: an allow list without entries.
  static RBAC nothing() {
    return RBAC.newBuilder().setRules(allowList()).build();
  }

  /// Exactly this path, and a verified token if the call needs one: also if the token check were
  /// off by mistake.
  static RBACPerRoute allowing(PublicCall call) {
    Policy policy =
        Policy.newBuilder()
            .addPermissions(
                Permission.newBuilder()
                    .setUrlPath(PathMatcher.newBuilder().setPath(Typed.exact(call.path()))))
            .addPrincipals(
                call.credential() == Credential.NONE
                    ? Principal.newBuilder().setAny(true).build()
                    : holderOfToken())
            .build();
    return RBACPerRoute.newBuilder()
        .setRbac(RBAC.newBuilder().setRules(allowList().putPolicies("public", policy)))
        .build();
  }

  /// For routes that refuse by themselves.
  static RBACPerRoute off() {
    return RBACPerRoute.getDefaultInstance();
  }

  private static io.envoyproxy.envoy.config.rbac.v3.RBAC.Builder allowList() {
    return io.envoyproxy
        .envoy
        .config
        .rbac
        .v3
        .RBAC
        .newBuilder()
        .setAction(io.envoyproxy.envoy.config.rbac.v3.RBAC.Action.ALLOW);
  }

  private static Principal holderOfToken() {
    MetadataMatcher subject =
        MetadataMatcher.newBuilder()
            .setFilter(DoorNames.JWT)
            .addPath(MetadataMatcher.PathSegment.newBuilder().setKey(DoorNames.CLAIMS))
            .addPath(MetadataMatcher.PathSegment.newBuilder().setKey("sub"))
            .setValue(ValueMatcher.newBuilder().setPresentMatch(true))
            .build();
    return Principal.newBuilder()
        .setSourcedMetadata(
            SourcedMetadata.newBuilder()
                .setMetadataSource(MetadataSource.DYNAMIC)
                .setMetadataMatcher(subject))
        .build();
  }
}
