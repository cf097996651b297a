package parley.domain;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// One conversation, from the match to its end.
///
/// 16 random bytes as 22 characters of base64url without padding.
public record SessionId(String text) {
  private static final int BYTES = 16;

  public SessionId {
    Base64Id.check("session id", text, BYTES);
  }

  public static SessionId random(RandomGenerator random) {
    return of(Base64Id.randomBytes(random, BYTES));
  }

  /// The id of exactly 16 bytes.
  public static SessionId of(byte[] bytes) {
    return new SessionId(Base64Id.encode(bytes));
  }

  public byte[] bytes() {
    return Base64Id.decode(text);
  }

  /// One of 256 buckets, two hex digits: the hash tag of the session's keys. Fixed for ever: the
  /// last byte of the id.
  public String bucket() {
    return HexFormat.of().toHexDigits(bytes()[BYTES - 1]);
  }

  @Override
  public String toString() {
    return text;
  }
}
