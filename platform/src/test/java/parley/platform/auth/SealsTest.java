package parley.platform.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.platform.config.ConfigFaults;
import parley.proto.token.v1.Sealed;
import parley.testing.HeldClock;

class SealsTest {
  private static final byte[] PAYLOAD = "payload".getBytes(UTF_8);

  @TempDir Path folder;

  private final HeldClock clock = HeldClock.atNow();
  private Path file;
  private Seals seals;

  @BeforeEach
  void create() {
    file = folder.resolve("seals.yaml");
    SealFiles.create(file);
    seals = Seals.open(file);
  }

  @Test
  void whatWasSealedOpensForItsPurposeOnAnyNodeWithTheSecrets() {
    byte[] sealed = seals.seal(Purpose.GRANT, PAYLOAD);

    assertThat(Seals.open(file).open(Purpose.GRANT, sealed)).contains(PAYLOAD);
  }

  @ParameterizedTest
  @EnumSource(Purpose.class)
  void whatWasSealedForOnePurposeOpensForNoOther(Purpose purpose) {
    byte[] sealed = seals.seal(purpose, PAYLOAD);

    for (Purpose other : Purpose.values()) {
      assertThat(seals.open(other, sealed).isPresent())
          .as("%s opened as %s", purpose, other)
          .isEqualTo(other == purpose);
    }
  }

  @Test
  void everyChangedByteBreaksTheSeal() {
    byte[] sealed = seals.seal(Purpose.PASS, PAYLOAD);

    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertThat(seals.open(Purpose.PASS, changed)).as("byte %d changed", i).isEmpty();
    }
  }

  @Test
  void bytesDoNotMoveBetweenKeyIdAndPayload() throws InvalidProtocolBufferException {
    Sealed sealed = Sealed.parseFrom(seals.seal(Purpose.PASS, PAYLOAD));
    byte[] moved =
        sealed.toBuilder()
            .setKeyId(sealed.getKeyId() + "p")
            .setPayload(ByteString.copyFromUtf8("ayload"))
            .build()
            .toByteArray();

    assertThat(seals.open(Purpose.PASS, moved)).isEmpty();
  }

  @Test
  void whatAnotherSecretSealedDoesNotOpen() {
    Path other = folder.resolve("other.yaml");
    SealFiles.create(other);

    assertThat(seals.open(Purpose.PASS, Seals.open(other).seal(Purpose.PASS, PAYLOAD))).isEmpty();
  }

  @Test
  void whatIsNoSealDoesNotOpen() {
    assertThat(seals.open(Purpose.PASS, new byte[0])).isEmpty();
    assertThat(seals.open(Purpose.PASS, "no seal at all".getBytes(UTF_8))).isEmpty();
  }

  @Test
  void theSamePayloadGivesTheSameBytes() {
    assertThat(seals.seal(Purpose.REFRESH, PAYLOAD))
        .isEqualTo(seals.seal(Purpose.REFRESH, PAYLOAD));
  }

  @Test
  void aSealOpensBeforeAndAfterOneRotationAndNotAfterTwo() {
    Seals notYetReloaded = seals;
    byte[] old = seals.seal(Purpose.PASS, PAYLOAD);

    rotateLater();
    Seals rotated = Seals.open(file);
    assertThat(rotated.open(Purpose.PASS, old)).contains(PAYLOAD);
    assertThat(notYetReloaded.open(Purpose.PASS, rotated.seal(Purpose.PASS, PAYLOAD)))
        .as("a node that has not read the new file knows the next secret")
        .contains(PAYLOAD);

    rotateLater();
    assertThat(Seals.open(file).open(Purpose.PASS, old)).isEmpty();
  }

  @Test
  void theFileIsForItsOwnerAloneAlsoAfterARotation() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    rotateLater();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void rotationsTooCloseToEachOtherAreRefused() {
    assertThatThrownBy(() -> SealFiles.rotate(file, clock)).hasMessageContaining("wait until");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "current: {id: s1, secret: SECRET}",
        "current: {id: s1, secret: c2hvcnQ=}",
        "next: {id: s1, secret: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='}",
        "current: [SECRET",
        "old: {id: s1, secret: SECRET}",
        "current: {id: 'Ä', secret: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='}",
        "SECRET",
      })
  void aWrongFileIsNamedAndItsSecretsAreNot(String yaml) throws IOException {
    Path wrong = folder.resolve("wrong.yaml");
    Files.writeString(wrong, yaml.replace("SECRET", "c2Vj*cmV0"));

    assertThatThrownBy(() -> Seals.open(wrong))
        .isInstanceOf(ConfigFaults.class)
        .hasMessageContaining("wrong.yaml")
        .hasMessageNotContaining("c2Vj");
  }

  @Test
  void oneSecretIsEnough() throws IOException {
    Path small = folder.resolve("small.yaml");
    Files.writeString(
        small,
        "current: {id: s1, secret: %s}"
            .formatted(Base64.getEncoder().encodeToString(new byte[SealSecret.MIN_BYTES])));
    Seals alone = Seals.open(small);

    assertThat(alone.open(Purpose.PASS, alone.seal(Purpose.PASS, PAYLOAD))).contains(PAYLOAD);
  }

  private void rotateLater() {
    clock.pass(SealFiles.APART.plusMinutes(1));
    SealFiles.rotate(file, clock);
  }
}
