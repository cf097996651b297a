package parley.platform.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import parley.domain.Principal;
import parley.platform.config.ConfigFaults;
import parley.platform.config.ReloadedFile;

/// Signs access tokens with the current private key of a directory that [AccessKeyFiles] keeps;
/// read again when it is rotated. For identity-svc, and for tests that need a token. Thread-safe.
public final class AccessTokenSigner {
  private final ReloadedFile<Key> current;
  private final String issuer;
  private final String audience;
  private final Clock clock;

  private AccessTokenSigner(
      ReloadedFile<Key> current, String issuer, String audience, Clock clock) {
    this.current = current;
    this.issuer = issuer;
    this.audience = audience;
    this.clock = clock;
  }

  /// @throws ConfigFaults if the directory holds no current key
  public static AccessTokenSigner open(
      Path directory, String issuer, String audience, Clock clock) {
    return new AccessTokenSigner(
        ReloadedFile.open(AccessKeyFiles.current(directory), Key::parse), issuer, audience, clock);
  }

  /// A token that counts from now for `life`, whole seconds.
  public String sign(Principal who, Duration life) {
    Key key = current.value();
    Instant now = clock.instant();
    JWTClaimsSet claims =
        AccessClaims.write(who)
            .issuer(issuer)
            .audience(audience)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(life)))
            .build();
    SignedJWT jwt = new SignedJWT(key.header(), claims);
    try {
      jwt.sign(key.signer());
    } catch (JOSEException failed) {
      throw new IllegalStateException("cannot sign with key " + key.header().getKeyID(), failed);
    }
    return jwt.serialize();
  }

  private record Key(JWSHeader header, JWSSigner signer) {
    static Key parse(byte[] jwk) {
      try {
        ECKey key = ECKey.parse(new String(jwk, StandardCharsets.UTF_8));
        JWSHeader header =
            new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(AccessClaims.TYPE)
                .keyID(key.getKeyID())
                .build();
        return new Key(header, new ECDSASigner(key));
      } catch (ParseException | JOSEException quotesTheKey) {
        throw new IllegalArgumentException("not a private P-256 key as JWK");
      }
    }
  }
}
