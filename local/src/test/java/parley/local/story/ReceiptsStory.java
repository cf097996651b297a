package parley.local.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import parley.client.call.Face;
import parley.client.conversation.ConversationEvent;
import parley.proto.session.v1.Entered;
import parley.proto.session.v1.ReadReceipts;
import parley.testing.Eventually;

/// What two people see of each other besides words: what was delivered and read, who is writing.
class ReceiptsStory {
  @ParameterizedTest
  @CsvSource({"NATIVE,NATIVE", "NATIVE,WEB", "WEB,NATIVE", "WEB,WEB"})
  void wordsAreDeliveredThenReadAndThatStaysSoOverAReload(Face one, Face other) {
    try (Pair pair = Pair.meet(SharedMachine.door(), one, other)) {
      pair.first().say("one").say("two");
      pair.awaitDelivered(pair.first(), pair.second(), 2);
      awaitReceipt(pair.first(), 2, 0);

      var messages = pair.second().heard().all(ConversationEvent.Message.class);
      pair.second().talk().read(messages.getFirst().position());
      awaitReceipt(pair.first(), 2, 1);
      pair.second().talk().read(messages.getLast().position());
      pair.second().talk().read(messages.getFirst().position());
      awaitReceipt(pair.first(), 2, 2);

      pair.first().reopen(pair.first().closeTab());
      awaitReceipt(pair.first(), 2, 2);
      assertThat(pair.first().heard().all(ConversationEvent.Receipt.class)).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Face.class)
  void whoHidesWhatTheyReadIsNotToldWhatTheOtherRead(Face face) {
    try (Person open = Person.arrive(SharedMachine.door(), face, Wishes.anyone("hide-" + face));
        Person hidden = Person.arrive(SharedMachine.door(), face, Wishes.anyone("hide-" + face))) {
      open.seekAndWait();
      hidden.seek();
      open.enter();
      hidden.enter(ReadReceipts.READ_RECEIPTS_HIDDEN);
      open.say("one");
      hidden.heard().await("one", ConversationEvent.Message.class);
      hidden.say("two");
      open.heard().await("two", ConversationEvent.Message.class);

      readAll(open);
      readAll(hidden);

      awaitReceipt(open, 1, 0);
      awaitReceipt(hidden, 2, 0);
      hidden.reopen(hidden.closeTab());
      Entered back = hidden.heard().await("back", ConversationEvent.Resumed.class).facts();
      assertThat(back.getReceiptsList())
          .filteredOn(told -> told.getMemberId() != back.getMemberId())
          .singleElement()
          .satisfies(told -> assertThat(told.getReadOffset()).isZero());
    }
  }

  @ParameterizedTest
  @CsvSource({"NATIVE,WEB", "WEB,NATIVE"})
  void writingIsShownForFiveSecondsAndNotForEachKey(Face one, Face other) {
    try (Pair pair = Pair.meet(SharedMachine.door(), one, other)) {
      for (int key = 0; key < 30; key++) {
        pair.first().talk().typing();
      }
      pair.first().say("written");

      pair.awaitDelivered(pair.first(), pair.second(), 1);
      var typing =
          pair.second().heard().await("somebody writes", ConversationEvent.PeerTyping.class);
      assertThat(typing.lives()).isEqualTo(Duration.ofSeconds(5));
      assertThat(pair.second().heard().all(ConversationEvent.PeerTyping.class))
          .hasSizeLessThanOrEqualTo(2);
    }
  }

  private static void readAll(Person person) {
    person
        .talk()
        .read(person.heard().last(ConversationEvent.Message.class).orElseThrow().position());
  }

  private static void awaitReceipt(Person person, int delivered, int read) {
    Eventually.holds(
        "the other has received up to " + delivered + " and read up to " + read,
        () ->
            person
                .heard()
                .last(ConversationEvent.Receipt.class)
                .filter(last -> last.deliveredOffset() == delivered && last.readOffset() == read)
                .isPresent());
  }
}
