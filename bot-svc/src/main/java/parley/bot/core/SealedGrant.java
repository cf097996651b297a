package parley.bot.core;

import java.util.Base64;

/// Permission to enter, sealed: nothing that core could read.
///
/// @param text base64
public record SealedGrant(String text) {
  public static SealedGrant of(byte[] bytes) {
    return new SealedGrant(Base64.getEncoder().encodeToString(bytes));
  }

  public byte[] bytes() {
    return Base64.getDecoder().decode(text);
  }

  @Override
  public String toString() {
    return "a grant";
  }
}
