package parley.match.core;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import parley.domain.ParticipantId;

/// One press of the button: the first 16 bytes of SHA-256 over participant id and request id, as 22
/// characters of base64url. So the same request is the same ticket, on any node, without a look-up,
/// and nobody can name a ticket of somebody else's making as theirs.
public record TicketId(String text) {
  private static final int BYTES = 16;

  public TicketId {
    if (!text.matches("[A-Za-z0-9_-]{22}")) {
      throw new IllegalArgumentException(
          "ticket id is '" + text + "', expected 22 characters of base64url");
    }
  }

  public static TicketId of(ParticipantId participant, String requestId) {
    byte[] hash = Digests.sha256(participant.bytes(), requestId.getBytes(StandardCharsets.UTF_8));
    return new TicketId(
        Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, BYTES)));
  }

  @Override
  public String toString() {
    return text;
  }
}
