package parley.match.core;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// SHA-256, which every Java has.
final class Digests {
  /// Copied, because looking for it among the providers costs as much as a short text.
  private static final MessageDigest SHA_256 = find();

  private Digests() {}

  static byte[] sha256(byte[]... parts) {
    try {
      MessageDigest digest = (MessageDigest) SHA_256.clone();
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (CloneNotSupportedException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static MessageDigest find() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
