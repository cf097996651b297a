package parley.platform.auth;

import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// One secret with its id. Thread-safe: each use clones the keyed prototype.
final class SealSecret {
  static final int MIN_BYTES = 32;

  private static final String ALGORITHM = "HmacSHA256";
  private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,16}");

  private final String id;
  private final byte[] idBytes;
  private final Mac keyed;

  SealSecret(String id, byte[] secret) {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "id is '" + id + "', expected 1 to 16 of a-z, 0-9 and '-'");
    }
    if (secret.length < MIN_BYTES) {
      throw new IllegalArgumentException(
          "secret has " + secret.length + " bytes, expected " + MIN_BYTES + " or more");
    }
    this.id = id;
    this.idBytes = id.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    this.keyed = keyed(secret);
  }

  String id() {
    return id;
  }

  /// HMAC-SHA-256 over purpose, key id and payload, each of the first two with its length before
  /// it.
  byte[] mac(Purpose purpose, byte[] payload) {
    byte[] label = purpose.label();
    byte[] head =
        ByteBuffer.allocate(2 + label.length + idBytes.length)
            .put((byte) label.length)
            .put(label)
            .put((byte) idBytes.length)
            .put(idBytes)
            .array();
    try {
      Mac mac = (Mac) keyed.clone();
      mac.update(head);
      return mac.doFinal(payload);
    } catch (CloneNotSupportedException notOfThisJdk) {
      throw new IllegalStateException(ALGORITHM + " cannot be cloned", notOfThisJdk);
    }
  }

  private static Mac keyed(byte[] secret) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      return mac;
    } catch (NoSuchAlgorithmException | InvalidKeyException notOfThisJdk) {
      throw new IllegalStateException(ALGORITHM + " is missing", notOfThisJdk);
    }
  }
}
