package parley.platform.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.Date;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.domain.Principal;
import parley.testing.HeldClock;

class AccessTokensTest {
  private static final Duration LIFE = Duration.ofMinutes(10);

  @TempDir Path folder;

  private final HeldClock clock = HeldClock.at("2026-03-01T12:00:00Z");
  private final Principal who = Principals.anyone();
  private KeyDirectory keys;
  private AccessTokens tokens;

  @BeforeEach
  void open() {
    keys = KeyDirectory.in(folder.resolve("keys"));
    tokens = keys.verifier(clock);
  }

  @Test
  void aGoodTokenSaysWhoItIsAndIsRemembered() {
    String token = keys.token(who, clock);

    assertThat(tokens.cached(token)).isEmpty();
    assertThat(tokens.verify(token)).isEqualTo(who);
    assertThat(tokens.cached(token)).contains(who);
  }

  @Test
  void aTokenCountsUntilItsEndAndTheLeewayAndMemoryDoesNotOutliveIt() {
    String token = keys.token(who, clock);
    tokens.verify(token);

    clock.pass(LIFE.plus(AccessTokens.LEEWAY).minusMillis(1));
    assertThat(tokens.cached(token)).contains(who);
    assertThat(tokens.verify(token)).isEqualTo(who);

    clock.pass(Duration.ofMillis(1));
    assertThat(tokens.cached(token)).isEmpty();
    assertThat(reason(token)).isEqualTo("TOKEN_EXPIRED");
  }

  @Test
  void aChangedTokenIsMalformedEvenIfTheTrueOneIsRemembered() {
    String token = keys.token(who, clock);
    tokens.verify(token);
    String[] parts = token.split("\\.", -1);
    String other = keys.token(Principals.anyone(), clock).split("\\.", -1)[1];

    assertThat(reason(parts[0] + "." + other + "." + parts[2])).isEqualTo("TOKEN_MALFORMED");
  }

  @Test
  void aTokenOfAnotherKeyUnderOurKeyIdIsMalformed()
      throws JOSEException, ParseException, IOException {
    ECKey foreign = new ECKeyGenerator(Curve.P_256).keyID(currentKeyId()).generate();

    assertThat(reason(signed(header(), claims().build(), new ECDSASigner(foreign))))
        .isEqualTo("TOKEN_MALFORMED");
  }

  @Test
  void aTokenOfAnUnknownKeyIsMalformed() throws JOSEException, ParseException, IOException {
    JWSHeader unknown =
        new JWSHeader.Builder(JWSAlgorithm.ES256).type(AccessClaims.TYPE).keyID("other").build();

    assertThat(reason(signed(unknown, claims().build(), ourSigner()))).isEqualTo("TOKEN_MALFORMED");
  }

  @Test
  void aTokenForOthersIsOfTheWrongAudience() throws JOSEException, ParseException, IOException {
    String token = signed(header(), claims().audience("somebody").build(), ourSigner());

    assertThat(reason(token)).isEqualTo("TOKEN_WRONG_AUDIENCE");
  }

  @Test
  void aTokenOfAnotherTypeIssuerOrWithoutAnEndIsMalformed()
      throws JOSEException, ParseException, IOException {
    JWSHeader otherType =
        new JWSHeader.Builder(header()).type(new JOSEObjectType("parley-refresh+jwt")).build();
    JWSHeader noType = new JWSHeader.Builder(header()).type(null).build();

    assertThat(reason(signed(otherType, claims().build(), ourSigner())))
        .isEqualTo("TOKEN_MALFORMED");
    assertThat(reason(signed(noType, claims().build(), ourSigner()))).isEqualTo("TOKEN_MALFORMED");
    assertThat(reason(signed(header(), claims().issuer("evil").build(), ourSigner())))
        .isEqualTo("TOKEN_MALFORMED");
    assertThat(reason(signed(header(), claims().expirationTime(null).build(), ourSigner())))
        .isEqualTo("TOKEN_MALFORMED");
  }

  @Test
  void aTokenThatNeedsNoKeyIsMalformed() {
    assertThat(reason(new PlainJWT(claims().build()).serialize())).isEqualTo("TOKEN_MALFORMED");
  }

  @Test
  void aTokenKeyedWithOurPublicSetIsMalformed() throws JOSEException, ParseException, IOException {
    JWSHeader symmetric =
        new JWSHeader.Builder(JWSAlgorithm.HS256)
            .type(AccessClaims.TYPE)
            .keyID(currentKeyId())
            .build();
    byte[] publicSet = Files.readAllBytes(AccessKeyFiles.jwks(keys.folder()));

    assertThat(reason(signed(symmetric, claims().build(), new MACSigner(publicSet))))
        .isEqualTo("TOKEN_MALFORMED");
  }

  @Test
  void aClaimThatIsNoWordOfOursIsMalformed() throws JOSEException, ParseException, IOException {
    assertThat(reason(signed(header(), claims().claim("coh", "21").build(), ourSigner())))
        .isEqualTo("TOKEN_MALFORMED");
    assertThat(reason(signed(header(), claims().claim("fam", null).build(), ourSigner())))
        .isEqualTo("TOKEN_MALFORMED");
    assertThat(reason(signed(header(), claims().claim("gen", 7).build(), ourSigner())))
        .isEqualTo("TOKEN_MALFORMED");
  }

  @Test
  void whatIsNoTokenIsMalformed() {
    assertThat(reason("")).isEqualTo("TOKEN_MALFORMED");
    assertThat(reason("a.b.c")).isEqualTo("TOKEN_MALFORMED");
    assertThat(reason("ä.ö.ü")).isEqualTo("TOKEN_MALFORMED");
    assertThat(reason("a".repeat(100_000))).isEqualTo("TOKEN_MALFORMED");
  }

  private String reason(String token) {
    return Reasons.of(() -> tokens.verify(token));
  }

  private JWTClaimsSet.Builder claims() {
    return AccessClaims.write(who)
        .issuer("parley")
        .audience("parley")
        .expirationTime(Date.from(clock.instant().plus(LIFE)));
  }

  private JWSHeader header() throws IOException, ParseException {
    return new JWSHeader.Builder(JWSAlgorithm.ES256)
        .type(AccessClaims.TYPE)
        .keyID(currentKeyId())
        .build();
  }

  private String currentKeyId() throws IOException, ParseException {
    return JWKSet.load(AccessKeyFiles.jwks(keys.folder()).toFile()).getKeys().getFirst().getKeyID();
  }

  private JWSSigner ourSigner() throws IOException, ParseException, JOSEException {
    return new ECDSASigner(ECKey.parse(Files.readString(AccessKeyFiles.current(keys.folder()))));
  }

  private static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer)
      throws JOSEException {
    SignedJWT jwt = new SignedJWT(header, claims);
    jwt.sign(signer);
    return jwt.serialize();
  }
}
