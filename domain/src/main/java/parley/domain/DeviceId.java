package parley.domain;

import java.util.random.RandomGenerator;

/// The device a guest was made on; survives a new guest if the client keeps its key.
///
/// 8 random bytes as 11 characters of base64url without padding.
public record DeviceId(String text) {
  private static final int BYTES = 8;

  public DeviceId {
    Base64Id.check("device id", text, BYTES);
  }

  public static DeviceId random(RandomGenerator random) {
    return of(Base64Id.randomBytes(random, BYTES));
  }

  /// The id of exactly 8 bytes.
  public static DeviceId of(byte[] bytes) {
    return new DeviceId(Base64Id.encode(bytes));
  }

  public byte[] bytes() {
    return Base64Id.decode(text);
  }

  @Override
  public String toString() {
    return text;
  }
}
