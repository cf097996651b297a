package parley.platform.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import parley.domain.ParticipantId;
import parley.domain.SessionId;

class MemberHashTest {
  /// Grants and passes that are out depend on it. By hand: the first 16 bytes of the SHA-256 of 24
  /// bytes.
  @Test
  void theHashIsFixedForEver() {
    ParticipantId participant = ParticipantId.of(HexFormat.of().parseHex("0102030405060708"));
    SessionId session = SessionId.of(HexFormat.of().parseHex("101112131415161718191a1b1c1d1e1f"));

    assertThat(HexFormat.of().formatHex(MemberHash.of(participant, session)))
        .isEqualTo("b6b8c82df6323000e57a05affa2f6fdc");
  }
}
