package parley.identity.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import parley.identity.core.WorkRule.Asked;

class WorkTest {
  /// By hand: `printf 'parley\000\000\000\000\000\000\015\100' | sha256sum` begins with 000555.
  @Test
  void theCounterIsEightBytesAfterTheNonceAndZeroBitsLead() {
    byte[] nonce = "parley".getBytes(UTF_8);

    assertThat(Work.isDone(nonce, 3392, 13)).isTrue();
    assertThat(Work.isDone(nonce, 3392, 14)).isFalse();
    assertThat(Work.isDone(nonce, 0, 13)).isFalse();
  }

  @Test
  void noWorkIsAlwaysDone() {
    assertThat(Work.isDone(new byte[0], 0, 0)).isTrue();
  }

  @Test
  void workIsAskedForNeverAlwaysOrFromARateOn() {
    assertThat(new WorkRule(Asked.NEVER, 20, 10).bitsAt(1000)).isZero();
    assertThat(new WorkRule(Asked.ALWAYS, 20, 10).bitsAt(0)).isEqualTo(20);
    WorkRule overRate = new WorkRule(Asked.OVER_RATE, 20, 10);
    assertThat(overRate.bitsAt(9)).isZero();
    assertThat(overRate.bitsAt(10)).isEqualTo(20);
  }
}
