package parley.session.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import parley.domain.Position;

class OutcomeOrderTest {
  private static final Outcome.Stored STORED =
      new Outcome.Stored(new Position(1, 5, 9), Instant.EPOCH);

  private final OutcomeOrder order = new OutcomeOrder();

  @Test
  void aRefusalWaitsForWhatWasSentBefore() {
    order.expect(1).answered(STORED);
    OutcomeOrder.Slot second = order.expect(2);
    second.answered(new Outcome.NotPlainText());
    assertThat(order.takeReady()).isEmpty();

    assertThat(order.stored(1, STORED)).isTrue();

    assertThat(order.takeReady())
        .containsExactly(
            new TextOutcome(1, STORED), new TextOutcome(2, new Outcome.NotPlainText()));
  }

  @Test
  void storedIsToldWhenItIsDeliveredNotWhenItIsCommitted() {
    OutcomeOrder.Slot slot = order.expect(1);
    slot.answered(STORED);

    assertThat(order.takeReady()).isEmpty();
    order.stored(1, STORED);
    assertThat(order.takeReady()).hasSize(1);
  }

  @Test
  void aTextThatCameAnotherWayIsNotWaitedFor() {
    order.expect(1);
    order.expect(2).answered(STORED);

    assertThat(order.stored(1, STORED)).isFalse();
    assertThat(order.stored(3, STORED)).isFalse();
  }

  @Test
  void aTextThatCameTooEarlyDoesNotTakeTheAnswerOfItsRepetition() {
    Outcome early = new Outcome.OutOfOrder(1);
    order.expect(2).answered(early);
    order.expect(1).answered(STORED);
    order.expect(2).answered(STORED);

    order.stored(1, STORED);
    order.stored(2, STORED);

    assertThat(order.takeReady())
        .containsExactly(
            new TextOutcome(2, early), new TextOutcome(1, STORED), new TextOutcome(2, STORED));
  }

  @Test
  void afterAResetWhatWasCommittedAndIsNotDeliveredMakesRoom() {
    order.expect(1).answered(STORED);
    OutcomeOrder.Slot flying = order.expect(2);

    assertThat(order.forgetCommitted()).isEqualTo(1);
    flying.answered(new Outcome.NotOpen());
    assertThat(order.takeReady()).containsExactly(new TextOutcome(2, new Outcome.NotOpen()));
  }
}
