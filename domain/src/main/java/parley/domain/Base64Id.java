package parley.domain;

import java.util.Base64;
import java.util.random.RandomGenerator;

/// Ids are random bytes, written as base64url without padding: the one place that knows.
final class Base64Id {
  private Base64Id() {}

  static void check(String what, String text, int bytes) {
    int chars = (bytes * 8 + 5) / 6;
    if (text.length() != chars || !isCanonical(text, bytes)) {
      throw new IllegalArgumentException(
          what + " is '" + text + "', expected " + chars + " characters of base64url");
    }
  }

  static byte[] randomBytes(RandomGenerator random, int bytes) {
    byte[] id = new byte[bytes];
    random.nextBytes(id);
    return id;
  }

  static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static byte[] decode(String text) {
    return Base64.getUrlDecoder().decode(text);
  }

  /// The last character carries unused bits; only zeros are accepted, so that an id has one
  /// spelling.
  private static boolean isCanonical(String text, int bytes) {
    try {
      byte[] decoded = decode(text);
      return decoded.length == bytes && encode(decoded).equals(text);
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }
}
