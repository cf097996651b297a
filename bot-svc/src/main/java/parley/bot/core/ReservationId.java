package parley.bot.core;

import java.util.Base64;
import java.util.random.RandomGenerator;

/// A place that is kept: 16 random bytes as 22 characters of base64url.
public record ReservationId(String text) {
  private static final int BYTES = 16;
  private static final int CHARS = 22;

  public ReservationId {
    if (text.length() != CHARS) {
      throw new IllegalArgumentException(
          "reservation id is '" + text + "', expected " + CHARS + " characters");
    }
  }

  static ReservationId random(RandomGenerator random) {
    byte[] id = new byte[BYTES];
    random.nextBytes(id);
    return new ReservationId(Base64.getUrlEncoder().withoutPadding().encodeToString(id));
  }

  @Override
  public String toString() {
    return text;
  }
}
