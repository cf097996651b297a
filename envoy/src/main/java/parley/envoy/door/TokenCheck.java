package parley.envoy.door;

import static parley.envoy.door.Typed.duration;

import io.envoyproxy.envoy.config.core.v3.HttpUri;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwksAsyncFetch;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtCacheConfig;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtClaimToHeader;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtHeader;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtProvider;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtRequirement;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.PerRouteConfig;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.RemoteJwks;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.RequirementRule;
import java.time.Duration;

/// Every call shows a good access token unless its route says otherwise.
///
/// The token is passed on, because services verify it again and trust nothing else; the subject
/// goes along as a header for hashing only. Keys come over HTTP from the control plane: as part of
/// the listener, a new key would cut every stream.
final class TokenCheck {
  private static final String PROVIDER = "parley";

  /// A key is published at least an hour before it signs.
  private static final Duration KEYS_LAST = Duration.ofMinutes(1);

  private static final int SKEW_SECONDS = 5;
  private static final int VERIFIED_KEPT = 4096;

  private TokenCheck() {}

  static JwtAuthentication filter(DoorRules.TokenRules tokens) {
    return JwtAuthentication.newBuilder()
        .putProviders(PROVIDER, provider(tokens))
        .addRules(
            RequirementRule.newBuilder()
                .setMatch(RouteMatch.newBuilder().setPrefix("/"))
                .setRequires(JwtRequirement.newBuilder().setProviderName(PROVIDER)))
        .build();
  }

  static PerRouteConfig off() {
    return PerRouteConfig.newBuilder().setDisabled(true).build();
  }

  private static JwtProvider provider(DoorRules.TokenRules tokens) {
    return JwtProvider.newBuilder()
        .setIssuer(tokens.issuer())
        .addAudiences(tokens.audience())
        .setRequireExpiration(true)
        .setClockSkewSeconds(SKEW_SECONDS)
        .setForward(true)
        .addFromHeaders(JwtHeader.newBuilder().setName("authorization").setValuePrefix("Bearer "))
        .setPayloadInMetadata(DoorNames.CLAIMS)
        .addClaimToHeaders(
            JwtClaimToHeader.newBuilder()
                .setHeaderName(DoorNames.SUBJECT_HEADER)
                .setClaimName("sub"))
        .setJwtCacheConfig(JwtCacheConfig.newBuilder().setJwtCacheSize(VERIFIED_KEPT))
        .setRemoteJwks(remoteKeys())
        .build();
  }

  private static RemoteJwks remoteKeys() {
    return RemoteJwks.newBuilder()
        .setHttpUri(
            HttpUri.newBuilder()
                .setUri("http://door/jwks.json")
                .setCluster(DoorNames.JWKS_CLUSTER)
                .setTimeout(duration(Duration.ofSeconds(1))))
        .setCacheDuration(duration(KEYS_LAST))
        .setAsyncFetch(
            JwksAsyncFetch.newBuilder().setFailedRefetchDuration(duration(Duration.ofSeconds(1))))
        .build();
  }
}
