package parley.client.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import parley.proto.session.v1.Text;

class OutboxTest {
  private final Outbox outbox = new Outbox(1, List.of());

  @Test
  void noMoreThanTheWindowIsOnItsWay() {
    write(5);
    assertThat(sequences(outbox.take(3))).containsExactly(1, 2, 3);
    assertThat(outbox.take(3)).isEmpty();
    answered(1);
    assertThat(sequences(outbox.take(3))).containsExactly(4);
  }

  @Test
  void answersToWhatWasSentAgainSinceMeanNothing() {
    write(3);
    outbox.take(16);
    assertThat(outbox.countAnswer()).isTrue();
    outbox.expect(1);
    assertThat(outbox.countAnswer()).as("answer to the old second").isFalse();
    assertThat(outbox.countAnswer()).as("answer to the old third").isFalse();
    assertThat(sequences(outbox.take(16))).containsExactly(1, 2, 3);
    assertThat(outbox.countAnswer()).as("answer to the new first").isTrue();
  }

  @Test
  void whatTheServerHasIsKeptUntilItsPlaceIsReached() {
    write(2);
    outbox.take(16);
    outbox.entered(3);
    assertThat(outbox.isEmpty()).isTrue();
    assertThat(outbox.own(1)).map(OwnText::text).contains("text 1");
    assertThat(outbox.own(1)).isEmpty();
    assertThat(outbox.takeAcknowledged()).extracting(OwnText::text).containsExactly("text 2");
  }

  @Test
  void whatWasGivenUpIsNotSentButKnownIfItComesAfterAll() {
    write(1);
    outbox.take(16);
    assertThat(outbox.giveUp()).hasSize(1);
    outbox.add(new OwnText(2, "next"));
    assertThat(sequences(outbox.take(16))).containsExactly(2);
    assertThat(outbox.own(1)).isPresent();
  }

  @Test
  void aStoredTextMeansThatAllBeforeItAreStored() {
    write(3);
    outbox.take(16);
    outbox.stored(2);
    assertThat(outbox.unsent()).extracting(OwnText::text).containsExactly("text 3");
    assertThat(outbox.nextSequence()).isEqualTo(3);
  }

  private void write(int count) {
    for (int i = 1; i <= count; i++) {
      outbox.add(new OwnText(i, "text " + i));
    }
  }

  private void answered(int sequence) {
    assertThat(outbox.countAnswer()).isTrue();
    outbox.stored(sequence);
  }

  private static List<Integer> sequences(List<Text> texts) {
    return texts.stream().map(Text::getSequence).toList();
  }
}
