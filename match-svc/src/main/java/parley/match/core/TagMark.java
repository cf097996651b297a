package parley.match.core;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/// A tag in a queue's name: the first 4 bytes of its SHA-256, as 6 characters of base64url. Two
/// tags may share a mark; that can pair people at a nearer level than they deserve, never against a
/// hard wish, and what a receipt says is compared by the tags themselves.
public record TagMark(String text) {
  private static final int BYTES = 4;
  static final int CHARACTERS = 6;

  public TagMark {
    if (text.length() != CHARACTERS) {
      throw new IllegalArgumentException(
          "tag mark is '" + text + "', expected " + CHARACTERS + " characters");
    }
  }

  static TagMark of(Tag tag) {
    byte[] hash = Digests.sha256(tag.text().getBytes(StandardCharsets.UTF_8));
    return new TagMark(
        Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, BYTES)));
  }
}
