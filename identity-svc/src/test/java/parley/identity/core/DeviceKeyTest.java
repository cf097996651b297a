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
  void the_same_key_is_the_same_device() {
    assertThat(device.key().deviceId()).isEqualTo(device.key().deviceId());
    assertThat(device.key().deviceId()).isNotEqualTo(TestDevice.make().key().deviceId());
  }

  @Test
  void a_signature_counts_for_its_key_and_its_nonce() {
    byte[] signature = device.sign(NONCE);

    assertThat(device.key().hasSigned(NONCE, signature)).isTrue();
    assertThat(device.key().hasSigned("other".getBytes(UTF_8), signature)).isFalse();
    assertThat(TestDevice.make().key().hasSigned(NONCE, signature)).isFalse();
  }

  @Test
  void a_signature_for_something_else_does_not_count() {
    assertThat(device.key().hasSigned(NONCE, device.sign("", NONCE))).isFalse();
    assertThat(device.key().hasSigned(NONCE, new byte[0])).isFalse();
    assertThat(device.key().hasSigned(NONCE, "no signature".getBytes(UTF_8))).isFalse();
  }

  @Test
  void a_key_of_another_curve_or_no_key_is_refused() {
    byte[] other = TestDevice.onCurve("secp384r1").publicKey();

    assertThatThrownBy(() -> DeviceKey.parse(other)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DeviceKey.parse(new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DeviceKey.parse("no key".getBytes(UTF_8)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_point_off_the_curve_is_refused() {
    byte[] key = device.publicKey();
    key[key.length - 1] ^= 1;

    assertThatThrownBy(() -> DeviceKey.parse(key)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void bytes_after_the_key_make_no_other_device() {
    byte[] longer = Arrays.copyOf(device.publicKey(), device.publicKey().length + 1);

    assertThatThrownBy(() -> DeviceKey.parse(longer)).isInstanceOf(IllegalArgumentException.class);
  }
}
