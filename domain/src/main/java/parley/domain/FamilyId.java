package parley.domain;

import java.util.random.RandomGenerator;

/// All tokens that descend from one guest's first refresh token; revoked together.
///
/// 8 random bytes as 11 characters of base64url without padding.
public record FamilyId(String text) {
  private static final int BYTES = 8;

  public FamilyId {
    Base64Id.check("token family", text, BYTES);
  }

  public static FamilyId random(RandomGenerator random) {
    return of(Base64Id.randomBytes(random, BYTES));
  }

  /// The id of exactly 8 bytes.
  public static FamilyId of(byte[] bytes) {
    return new FamilyId(Base64Id.encode(bytes));
  }

  public byte[] bytes() {
    return Base64Id.decode(text);
  }

  @Override
  public String toString() {
    return text;
  }
}
