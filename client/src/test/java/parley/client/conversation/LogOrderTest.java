package parley.client.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import parley.client.fake.FakeAttachment;
import parley.proto.domain.v1.Position;

class LogOrderTest {
  private final LogOrder<String> order = new LogOrder<>(FakeAttachment.at(0));

  @Test
  void itemsComeOutInOrderWhateverWayTheyCame() {
    assertThat(order.answered(FakeAttachment.at(3), "three")).isTrue();
    assertThat(order.streamed(FakeAttachment.at(1), "one")).isTrue();
    assertThat(order.next()).containsExactly("one");
    assertThat(order.streamed(FakeAttachment.at(2), "two")).isTrue();
    assertThat(order.next()).containsExactly("two", "three");
    assertThat(order.reached()).isEqualTo(FakeAttachment.at(3));
  }

  @Test
  void onlyTheStreamShowsThatSomethingIsMissing() {
    assertThat(order.answered(FakeAttachment.at(3), "three")).isTrue();
    assertThat(order.missing()).isZero();
    assertThat(order.streamed(FakeAttachment.at(4), "four")).isTrue();
    assertThat(order.missing()).isEqualTo(2);
  }

  @Test
  void anItemOfAnotherLogIsNotTaken() {
    Position other = FakeAttachment.at(1).toBuilder().setEpoch(2).build();
    assertThat(order.streamed(other, "foreign")).isFalse();
    assertThat(order.next()).isEmpty();
  }

  @Test
  void offsetsAreUnsigned() {
    Position before = FakeAttachment.at(1).toBuilder().setOffset(Integer.MAX_VALUE).build();
    Position after = before.toBuilder().setOffset(Integer.MIN_VALUE).build();
    order.restartAt(before);
    assertThat(order.streamed(after, "beyond two thousand million")).isTrue();
    assertThat(order.next()).hasSize(1);
  }
}
