package parley.identity.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DeviceKeyTest {
  private static final byte[] NONCE = "nonce".getBytes(UTF_8);

  private final TestDevice device = TestDevice.make();

  @Test
  void theSameKeyIsTheSameDevice() {
    assertThat(device.key().deviceId()).isEqualTo(device.key().deviceId());
    assertThat(device.key().deviceId()).isNotEqualTo(TestDevice.make().key().deviceId());
  }

  @Test
  void aSignatureCountsForItsKeyAndItsNonce() {
    byte[] signature = device.sign(NONCE);

    assertThat(device.key().hasSigned(NONCE, signature)).isTrue();
    assertThat(device.key().hasSigned("other".getBytes(UTF_8), signature)).isFalse();
    assertThat(TestDevice.make().key().hasSigned(NONCE, signature)).isFalse();
  }

  @Test
  void aSignatureForSomethingElseDoesNotCount() {
    assertThat(device.key().hasSigned(NONCE, device.sign("", NONCE))).isFalse();
    assertThat(device.key().hasSigned(NONCE, new byte[0])).isFalse();
    assertThat(device.key().hasSigned(NONCE, "no signature".getBytes(UTF_8))).isFalse();
  }

  @Test
  void aKeyOfAnotherCurveOrNoKeyIsRefused() {
    byte[] other = TestDevice.onCurve("secp384r1").publicKey();

    assertThatThrownBy(() -> DeviceKey.parse(other)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DeviceKey.parse(new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DeviceKey.parse("no key".getBytes(UTF_8)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPointOffTheCurveIsRefused() {
    byte[] key = device.publicKey();
    key[key.length - 1] ^= 1;

    assertThatThrownBy(() -> DeviceKey.parse(key)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void bytesAfterTheKeyMakeNoOtherDevice() {
    byte[] longer = Arrays.copyOf(device.publicKey(), device.publicKey().length + 1);

    assertThatThrownBy(() -> DeviceKey.parse(longer)).isInstanceOf(IllegalArgumentException.class);
  }
}
