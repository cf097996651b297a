package parley.platform.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.testing.HeldClock;

/// Both libraries say the same of a signature. Where the native one does not work, this fails.
class SignatureLibraryTest {
  private static final int HALF = 32;

  @TempDir Path folder;

  private SignedJWT token;

  @BeforeEach
  void sign() throws ParseException {
    KeyDirectory keys = KeyDirectory.in(folder.resolve("keys"));
    HeldClock clock = HeldClock.at("2026-03-01T12:00:00Z");
    token = SignedJWT.parse(keys.token(Principals.anyone(), clock));
  }

  @ParameterizedTest
  @EnumSource
  void aTrueSignatureCounts(SignatureLibrary library) throws JOSEException, IOException {
    assertThat(counts(token.getSignature(), library)).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void aSignatureWithAnyOtherBitDoesNot(SignatureLibrary library)
      throws JOSEException, IOException {
    byte[] signature = token.getSignature().decode();
    for (int bit = 0; bit < signature.length * 8; bit += 7) {
      byte[] changed = signature.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(counts(Base64URL.encode(changed), library)).as("bit %d", bit).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNoSignatureDoesNot(SignatureLibrary library) throws JOSEException, IOException {
    byte[] signature = token.getSignature().decode();
    byte[] nothing = new byte[2 * HALF];
    byte[] half = signature.clone();
    Arrays.fill(half, HALF, 2 * HALF, (byte) 0);
    byte[] tooLarge = new byte[2 * HALF];
    Arrays.fill(tooLarge, (byte) 0xff);

    assertThat(counts(Base64URL.encode(nothing), library)).as("all zero").isFalse();
    assertThat(counts(Base64URL.encode(half), library)).as("s is zero").isFalse();
    assertThat(counts(Base64URL.encode(tooLarge), library)).as("beyond the order").isFalse();
    assertThat(counts(Base64URL.encode(Arrays.copyOf(signature, 63)), library))
        .as("short")
        .isFalse();
    assertThat(counts(Base64URL.encode(new byte[0]), library)).as("empty").isFalse();
  }

  private boolean counts(Base64URL signature, SignatureLibrary library)
      throws JOSEException, IOException {
    byte[] jwks = Files.readAllBytes(AccessKeyFiles.jwks(folder.resolve("keys")));
    AccessKeySet.Key key =
        AccessKeySet.parse(jwks, library).find(token.getHeader().getKeyID()).orElseThrow();
    return key.verifier().verify(token.getHeader(), token.getSigningInput(), signature);
  }
}
