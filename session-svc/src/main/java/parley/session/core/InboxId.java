package parley.session.core;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import parley.domain.ParticipantId;
import parley.domain.SessionId;

/// Names the log of a participant's inbox: the first 16 bytes of the SHA-256 of `inbox` and the
/// participant's id. Stored: never changed.
final class InboxId {
  private static final byte[] PURPOSE = "inbox".getBytes(US_ASCII);
  private static final int BYTES = 16;

  private InboxId() {}

  static SessionId of(ParticipantId participant) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(PURPOSE);
      return SessionId.of(Arrays.copyOf(digest.digest(participant.bytes()), BYTES));
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
