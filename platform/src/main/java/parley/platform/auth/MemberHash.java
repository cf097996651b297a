package parley.platform.auth;

import com.google.common.hash.Hashing;
import java.util.Arrays;
import parley.domain.ParticipantId;
import parley.domain.SessionId;

/// How grants and passes name a participant without telling who it is: of use only to somebody who
/// knows both ids already.
public final class MemberHash {
  private static final int BYTES = 16;

  private MemberHash() {}

  /// The first 16 bytes of SHA-256(participant id, 8 bytes, then session id, 16 bytes).
  public static byte[] of(ParticipantId participant, SessionId session) {
    byte[] whole =
        Hashing.sha256()
            .newHasher()
            .putBytes(participant.bytes())
            .putBytes(session.bytes())
            .hash()
            .asBytes();
    return Arrays.copyOf(whole, BYTES);
  }
}
