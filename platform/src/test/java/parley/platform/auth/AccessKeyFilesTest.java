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
  void private_keys_are_for_their_owner_alone_and_the_public_set_for_all() throws IOException {
    assertThat(permissions("current.jwk")).isEqualTo("rw-------");
    assertThat(permissions("next.jwk")).isEqualTo("rw-------");
    assertThat(permissions("jwks.json")).startsWith("rw-r--");
  }

  @Test
  void the_public_set_holds_no_private_part() throws IOException, ParseException {
    assertThat(published()).hasSize(2).noneMatch(JWK::isPrivate);
    assertThat(Files.readString(AccessKeyFiles.jwks(folder))).doesNotContain("\"d\"");
  }

  @Test
  void a_key_is_published_one_rotation_before_it_signs() throws IOException, ParseException {
    for (int rotation = 1; rotation <= 3; rotation++) {
      List<String> before = published().stream().map(JWK::getKeyID).toList();

      rotateLater();

      assertThat(before).as("rotation %d", rotation).contains(signingKeyId());
    }
  }

  @Test
  void the_key_that_signed_last_stays_published_and_older_ones_go()
      throws IOException, ParseException {
    String first = signingKeyId();

    rotateLater();
    assertThat(published()).extracting(JWK::getKeyID).hasSize(3).contains(first);

    rotateLater();
    assertThat(published()).extracting(JWK::getKeyID).hasSize(3).doesNotContain(first);
  }

  @Test
  void rotations_too_close_to_each_other_are_refused_with_how_long_to_wait() {
    clock.pass(AccessKeyFiles.APART.minusMinutes(1));

    assertThatThrownBy(() -> AccessKeyFiles.rotate(folder, clock))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("wait until");
  }

  @Test
  void keys_that_are_there_are_not_overwritten() throws IOException, ParseException {
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
