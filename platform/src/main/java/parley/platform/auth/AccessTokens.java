package parley.platform.auth;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import parley.domain.Principal;
import parley.platform.config.ConfigFaults;
import parley.platform.config.ReloadedFile;
import parley.platform.grpc.Failures;
import parley.platform.grpc.Unauthenticated;
import parley.platform.lifecycle.NodeContext;

/// Checks access tokens: ES256 by a key of the public set, our typ, issuer and audience, not over.
/// Verified tokens are remembered by their hash (never the token), at most until they are over and
/// only while their key is in the set.
///
/// A token counts for [#LEEWAY] more than it says, as at the door, since clocks of machines differ.
/// Thread-safe.
public final class AccessTokens {
  /// The same as the door's `clock_skew_seconds`.
  public static final Duration LEEWAY = Duration.ofSeconds(5);

  private static final int MAX_CHARS = 4096;
  private static final int REMEMBERED = 200_000;

  private final ReloadedFile<AccessKeySet> keys;
  private final AuthConfig config;
  private final Clock clock;
  private final Cache<HashCode, Verified> verified;

  private AccessTokens(
      ReloadedFile<AccessKeySet> keys, AuthConfig config, Clock clock, int remembered) {
    this.keys = keys;
    this.config = config;
    this.clock = clock;
    this.verified = CacheBuilder.newBuilder().maximumSize(remembered).build();
  }

  /// @throws ConfigFaults if the key set cannot be read
  public static AccessTokens open(AuthConfig config, NodeContext context) {
    return open(config, context, REMEMBERED);
  }

  /// One to which every token is a new one, as those of another node's members are.
  ///
  /// @throws ConfigFaults if the key set cannot be read
  public static AccessTokens forgetful(AuthConfig config, NodeContext context) {
    return open(config, context, 0);
  }

  private static AccessTokens open(AuthConfig config, NodeContext context, int remembered) {
    return new AccessTokens(
        ReloadedFile.open(config.jwks(), AccessKeySet::parse), config, context.clock(), remembered);
  }

  /// Who holds this token, if it was verified before and would be again. Never blocks: for the
  /// event loop.
  public Optional<Principal> cached(String token) {
    return Optional.ofNullable(verified.getIfPresent(hash(token)))
        .filter(this::stillCounts)
        .map(Verified::principal);
  }

  /// Who holds this token; takes 0.05 to 0.5 ms of CPU, as [SignatureLibrary] has it, so not for
  /// the event loop.
  ///
  /// @throws io.grpc.StatusRuntimeException UNAUTHENTICATED, as [Failures#unauthenticated] makes it
  public Principal verify(String token) {
    if (token.length() > MAX_CHARS) {
      throw Failures.unauthenticated(Unauthenticated.MALFORMED);
    }
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      AccessKeySet.Key key = checkSignature(jwt);
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      checkClaims(claims);
      Verified now =
          new Verified(
              AccessClaims.read(claims),
              claims.getExpirationTime().toInstant(),
              jwt.getHeader().getKeyID(),
              key);
      verified.put(hash(token), now);
      return now.principal();
    } catch (ParseException | JOSEException | IllegalArgumentException wrong) {
      throw Failures.unauthenticated(Unauthenticated.MALFORMED);
    }
  }

  private AccessKeySet.Key checkSignature(SignedJWT jwt) throws JOSEException {
    JWSHeader header = jwt.getHeader();
    if (!JWSAlgorithm.ES256.equals(header.getAlgorithm())
        || !AccessClaims.TYPE.equals(header.getType())) {
      throw new IllegalArgumentException("not one of our access tokens");
    }
    AccessKeySet.Key key =
        Optional.ofNullable(header.getKeyID())
            .flatMap(id -> keys.value().find(id))
            .orElseThrow(() -> new IllegalArgumentException("no such key"));
    if (!jwt.verify(key.verifier())) {
      throw new IllegalArgumentException("signature does not fit");
    }
    return key;
  }

  private void checkClaims(JWTClaimsSet claims) {
    Date expires = claims.getExpirationTime();
    if (expires == null || !config.issuer().equals(claims.getIssuer())) {
      throw new IllegalArgumentException("not of our issuer, or without an end");
    }
    if (!claims.getAudience().contains(config.audience())) {
      throw Failures.unauthenticated(Unauthenticated.WRONG_AUDIENCE);
    }
    if (isOver(expires.toInstant())) {
      throw Failures.unauthenticated(Unauthenticated.EXPIRED);
    }
  }

  private boolean stillCounts(Verified token) {
    return !isOver(token.expires())
        && keys.value().find(token.keyId()).filter(token.key()::equals).isPresent();
  }

  private boolean isOver(Instant expires) {
    return !clock.instant().isBefore(expires.plus(LEEWAY));
  }

  private static HashCode hash(String token) {
    return Hashing.sha256().hashString(token, StandardCharsets.UTF_8);
  }

  private record Verified(
      Principal principal, Instant expires, String keyId, AccessKeySet.Key key) {}
}
