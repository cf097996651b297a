package parley.domain;

import java.util.random.RandomGenerator;

/// A person or AI with an id. Never told to a peer.
///
/// 8 random bytes as 11 characters of base64url without padding.
public record ParticipantId(String text) {
  private static final int BYTES = 8;

  public ParticipantId {
    Base64Id.check("participant id", text, BYTES);
  }

  public static ParticipantId random(RandomGenerator random) {
    return of(Base64Id.randomBytes(random, BYTES));
  }

  /// The id of exactly 8 bytes.
  public static ParticipantId of(byte[] bytes) {
    return new ParticipantId(Base64Id.encode(bytes));
  }

  public byte[] bytes() {
    return Base64Id.decode(text);
  }

  @Override
  public String toString() {
    return text;
  }
}
