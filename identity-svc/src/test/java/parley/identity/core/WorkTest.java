package parley.identity.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import parley.identity.core.WorkRule.Asked;

class WorkTest {
  /// By hand: `printf 'parley\000\000\000\000\000\000\015\100' | sha256sum` begins with 000555.
  @Test
  void the_counter_is_eight_bytes_after_the_nonce_and_zero_bits_lead() {
    byte[] nonce = "parley".getBytes(UTF_8);

    assertThat(Work.isDone(nonce, 3392, 13)).isTrue();
    assertThat(Work.isDone(nonce, 3392, 14)).isFalse();
    assertThat(Work.isDone(nonce, 0, 13)).isFalse();
  }

  @Test
  void no_work_is_always_done() {
    assertThat(Work.isDone(new byte[0], 0, 0)).isTrue();
  }

  @Test
  void work_is_asked_for_never_always_or_from_a_rate_on() {
    assertThat(new WorkRule(Asked.NEVER, 20, 10).bitsAt(1000)).isZero();
    assertThat(new WorkRule(Asked.ALWAYS, 20, 10).bitsAt(0)).isEqualTo(20);
    WorkRule overRate = new WorkRule(Asked.OVER_RATE, 20, 10);
    assertThat(overRate.bitsAt(9)).isZero();
    assertThat(overRate.bitsAt(10)).isEqualTo(20);
  }
}
