package parley.match.redis;

import java.util.Base64;
import java.util.random.RandomGenerator;

/// One life of one match node: what tickets say of who holds them. A node that starts again is
/// another owner, so that nobody takes its old tickets for held.
///
/// 6 random bytes as 8 characters of base64url.
record OwnerId(String text) {
  private static final int BYTES = 6;
  static final int CHARACTERS = 8;

  OwnerId {
    if (text.length() != CHARACTERS) {
      throw new IllegalArgumentException(
          "owner is '" + text + "', expected " + CHARACTERS + " characters");
    }
  }

  static OwnerId random(RandomGenerator random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new OwnerId(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }
}
