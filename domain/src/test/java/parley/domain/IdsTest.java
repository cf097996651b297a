package parley.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IdsTest {
  private final SplittableRandom random = new SplittableRandom(1);

  @Test
  void anIdSurvivesTheWayThroughItsBytes() {
    SessionId id = SessionId.random(random);

    assertThat(SessionId.of(id.bytes())).isEqualTo(id);
    assertThat(id.text()).hasSize(22);
    assertThat(ParticipantId.random(random).text()).hasSize(11);
  }

  @Test
  void aWrongIdNamesTheValueAndWhatWasExpected() {
    assertThatThrownBy(() -> new ParticipantId("short"))
        .hasMessage("participant id is 'short', expected 11 characters of base64url");
  }

  @Test
  void anIdHasOneSpelling() {
    assertThatThrownBy(() -> new ParticipantId("AAAAAAAAAAB"))
        .as("unused bits that are set")
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theBucketIsTheLastByte() {
    byte[] bytes = new byte[16];
    bytes[15] = (byte) 0xFE;

    assertThat(SessionId.of(bytes).bucket()).isEqualTo("fe");
  }
}
