package parley.platform.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.testing.HeldClock;

class AccessKeyFilesTest {
  @TempDir Path parent;

  private final HeldClock clock = HeldClock.atNow();
  private Path folder;

  @BeforeEach
  void create() {
    folder = parent.resolve("keys");
    AccessKeyFiles.create(folder);
  }

  @Test
  void privateKeysAreForTheirOwnerAloneAndThePublicSetForAll() throws IOException {
    assertThat(permissions("current.jwk")).isEqualTo("rw-------");
    assertThat(permissions("next.jwk")).isEqualTo("rw-------");
    assertThat(permissions("jwks.json")).startsWith("rw-r--");
  }

  @Test
  void thePublicSetHoldsNoPrivatePart() throws IOException, ParseException {
    assertThat(published()).hasSize(2).noneMatch(JWK::isPrivate);
    assertThat(Files.readString(AccessKeyFiles.jwks(folder))).doesNotContain("\"d\"");
  }

  @Test
  void aKeyIsPublishedOneRotationBeforeItSigns() throws IOException, ParseException {
    for (int rotation = 1; rotation <= 3; rotation++) {
      List<String> before = published().stream().map(JWK::getKeyID).toList();

      rotateLater();

      assertThat(before).as("rotation %d", rotation).contains(signingKeyId());
    }
  }

  @Test
  void theKeyThatSignedLastStaysPublishedAndOlderOnesGo() throws IOException, ParseException {
    String first = signingKeyId();

    rotateLater();
    assertThat(published()).extracting(JWK::getKeyID).hasSize(3).contains(first);

    rotateLater();
    assertThat(published()).extracting(JWK::getKeyID).hasSize(3).doesNotContain(first);
  }

  @Test
  void rotationsTooCloseToEachOtherAreRefusedWithHowLongToWait() {
    clock.pass(AccessKeyFiles.APART.minusMinutes(1));

    assertThatThrownBy(() -> AccessKeyFiles.rotate(folder, clock))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("wait until");
  }

  @Test
  void keysThatAreThereAreNotOverwritten() throws IOException, ParseException {
    String first = signingKeyId();

    assertThatThrownBy(() -> AccessKeyFiles.create(folder))
        .hasMessageContaining("has keys already");
    assertThat(signingKeyId()).isEqualTo(first);
  }

  /// The files' own times are real; the clock goes ahead of them.
  private void rotateLater() {
    clock.pass(AccessKeyFiles.APART.plus(Duration.ofMinutes(1)));
    AccessKeyFiles.rotate(folder, clock);
  }

  private String signingKeyId() throws ParseException {
    return SignedJWT.parse(new KeyDirectory(folder).token(Principals.anyone(), clock))
        .getHeader()
        .getKeyID();
  }

  private List<JWK> published() throws IOException, ParseException {
    return JWKSet.load(AccessKeyFiles.jwks(folder).toFile()).getKeys();
  }

  private String permissions(String file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file)));
  }
}
