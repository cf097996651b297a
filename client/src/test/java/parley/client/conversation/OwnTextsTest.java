package parley.client.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import io.grpc.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.client.call.Face;
import parley.client.fake.FakeAttachment;
import parley.proto.session.v1.Channel;
import parley.proto.session.v1.ContentDiffers;
import parley.proto.session.v1.EndReason;
import parley.proto.session.v1.Next;
import parley.proto.session.v1.Reset;
import parley.proto.session.v1.ServerFrame;
import parley.proto.session.v1.TextOutcome;
import parley.proto.session.v1.TooFast;
import parley.proto.session.v1.TooLong;

class OwnTextsTest {
  private final Stage stage = new Stage(Face.NATIVE);

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void aTextWrittenDuringABreakIsSentOnceItIsIn() {
    FakeAttachment first = stage.entered();
    first.cut(Status.UNAVAILABLE);
    stage.heard.next(ConversationEvent.Reconnecting.class);
    OwnText text = stage.talk.send("are you there?");

    FakeAttachment second = stage.fake.sessions.next();
    second.letIn(1, 0);
    stage.heard.next(ConversationEvent.Resumed.class);
    assertThat(second.text().getSequence()).isEqualTo(1);
    second.outcome(FakeAttachment.stored(1, 1).toBuilder());
    assertThat(stage.heard.next(ConversationEvent.Stored.class).text()).isEqualTo(text);
  }

  @Test
  void aTextThatTheServerHasIsNotSentAgain() {
    FakeAttachment first = stage.entered();
    OwnText one = stage.talk.send("one");
    OwnText two = stage.talk.send("two");
    assertThat(first.text().getText()).isEqualTo("one");
    assertThat(first.text().getText()).isEqualTo("two");
    first.cut(Status.UNAVAILABLE);
    stage.heard.next(ConversationEvent.Reconnecting.class);

    FakeAttachment second = stage.fake.sessions.next();
    second.entered(2, 1);
    second.say(
        ServerFrame.newBuilder()
            .addEnvelopes(
                FakeAttachment.envelope(1, "one").toBuilder().setMemberId(1).setOwnSequence(1)));
    second.caughtUp(1);
    stage.heard.next(ConversationEvent.Resumed.class);
    assertThat(stage.heard.next(ConversationEvent.Stored.class).text()).isEqualTo(one);
    assertThat(second.text().getSequence()).isEqualTo(2);
    second.outcome(FakeAttachment.stored(2, 2).toBuilder());
    assertThat(stage.heard.next(ConversationEvent.Stored.class).text()).isEqualTo(two);
    assertThat(second.frames()).isEmpty();
  }

  @Test
  void textsOutOfOrderAreSentAgainFromTheExpectedSequence() {
    FakeAttachment server = stage.entered();
    stage.talk.send("one");
    stage.talk.send("two");
    server.text();
    server.text();
    server.say(
        ServerFrame.newBuilder()
            .addOutcomes(Stage.outOfOrder(1, 1))
            .addOutcomes(Stage.outOfOrder(2, 1)));
    assertThat(server.text().getSequence()).isEqualTo(1);
    assertThat(server.text().getSequence()).isEqualTo(2);
    server.say(
        ServerFrame.newBuilder()
            .addOutcomes(FakeAttachment.stored(1, 1))
            .addOutcomes(FakeAttachment.stored(2, 2)));
    stage.heard.next(ConversationEvent.Stored.class);
    stage.heard.next(ConversationEvent.Stored.class);
    assertThat(server.frames()).isEmpty();
  }

  @Test
  void aServerThatExpectsAnEarlierSequenceGetsTheTextUnderIt() {
    FakeAttachment server = stage.fake.sessions.next();
    server.letIn(5, 0);
    stage.heard.next(ConversationEvent.Entered.class);
    stage.talk.send("five");
    assertThat(server.text().getSequence()).isEqualTo(5);
    server.outcome(Stage.outOfOrder(5, 3));
    assertThat(server.text())
        .satisfies(text -> assertThat(text.getSequence()).isEqualTo(3))
        .satisfies(text -> assertThat(text.getText()).isEqualTo("five"));
  }

  @Test
  void whatIsTooFastWaitsAndIsNotLost() {
    FakeAttachment server = stage.entered();
    stage.talk.send("one");
    stage.talk.send("two");
    server.text();
    server.text();
    server.say(
        ServerFrame.newBuilder()
            .addOutcomes(
                TextOutcome.newBuilder()
                    .setSequence(1)
                    .setTooFast(
                        TooFast.newBuilder()
                            .setRetryAfter(Duration.newBuilder().setNanos(5_000_000))))
            .addOutcomes(Stage.outOfOrder(2, 1)));
    stage.heard.next(ConversationEvent.Slowed.class);
    assertThat(server.text().getSequence()).isEqualTo(1);
    server.outcome(FakeAttachment.stored(1, 1).toBuilder());
    assertThat(server.text().getSequence()).isEqualTo(2);
    server.outcome(FakeAttachment.stored(2, 2).toBuilder());
    stage.heard.next(ConversationEvent.Stored.class);
    stage.heard.next(ConversationEvent.Stored.class);
  }

  @Test
  void aTextThatIsRefusedGivesItsSequenceToTheNext() {
    FakeAttachment server = stage.entered();
    OwnText tooLong = stage.talk.send("too long");
    OwnText good = stage.talk.send("good");
    server.text();
    server.text();
    server.say(
        ServerFrame.newBuilder()
            .addOutcomes(
                TextOutcome.newBuilder().setSequence(1).setTooLong(TooLong.getDefaultInstance()))
            .addOutcomes(Stage.outOfOrder(2, 1)));
    ConversationEvent.NotSent refused = stage.heard.next(ConversationEvent.NotSent.class);
    assertThat(refused).isEqualTo(new ConversationEvent.NotSent(tooLong, NotSentReason.TOO_LONG));
    assertThat(server.text())
        .satisfies(text -> assertThat(text.getSequence()).isEqualTo(1))
        .satisfies(text -> assertThat(text.getText()).isEqualTo("good"));
    server.outcome(FakeAttachment.stored(1, 1).toBuilder());
    assertThat(stage.heard.next(ConversationEvent.Stored.class).text()).isEqualTo(good);
  }

  @Test
  void aSequenceThatHasOtherContentIsTold() {
    FakeAttachment server = stage.entered();
    OwnText one = stage.talk.send("one");
    stage.talk.send("two");
    server.text();
    server.text();
    server.say(
        ServerFrame.newBuilder()
            .addOutcomes(
                TextOutcome.newBuilder()
                    .setSequence(1)
                    .setContentDiffers(ContentDiffers.getDefaultInstance()))
            .addOutcomes(FakeAttachment.stored(2, 1)));
    assertThat(stage.heard.next(ConversationEvent.NotSent.class))
        .isEqualTo(new ConversationEvent.NotSent(one, NotSentReason.CONTENT_DIFFERS));
    assertThat(stage.heard.next(ConversationEvent.Stored.class).text().text()).isEqualTo("two");
  }

  @Test
  void anUnknownAnswerThatSaysStopIsTold() {
    FakeAttachment server = stage.entered();
    stage.talk.send("one");
    server.text();
    server.outcome(TextOutcome.newBuilder().setSequence(1).setNext(Next.NEXT_STOP));
    assertThat(stage.heard.next(ConversationEvent.NotSent.class).reason())
        .isEqualTo(NotSentReason.REFUSED);
  }

  @Test
  void afterAResetWhatWasNotStoredIsNeverSentAgain() {
    FakeAttachment first = stage.entered();
    OwnText one = stage.talk.send("one");
    first.text();
    first.cut(Status.UNAVAILABLE);
    stage.heard.next(ConversationEvent.Reconnecting.class);

    FakeAttachment second = stage.fake.sessions.next();
    second.entered(1, 4);
    second.say(
        ServerFrame.newBuilder()
            .setReset(
                Reset.newBuilder()
                    .setReason(Reset.Reason.REASON_LOG_LOST)
                    .setResumeAt(FakeAttachment.at(4))));
    second.caughtUp(4);
    stage.heard.next(ConversationEvent.Resumed.class);
    assertThat(stage.heard.next(ConversationEvent.Reset.class).resumeAt())
        .isEqualTo(FakeAttachment.at(4));
    assertThat(stage.heard.next(ConversationEvent.NotSent.class))
        .isEqualTo(new ConversationEvent.NotSent(one, NotSentReason.RESET));

    stage.talk.send("after");
    assertThat(second.text().getText()).isEqualTo("after");
    second.say(ServerFrame.newBuilder().addEnvelopes(FakeAttachment.envelope(5, "still here")));
    assertThat(stage.heard.next(ConversationEvent.Message.class).text()).isEqualTo("still here");
  }

  @Test
  void aResetOfTheInboxIsNoneOfTheConversation() {
    FakeAttachment server = stage.entered();
    stage.talk.send("one");
    server.text();
    server.say(
        ServerFrame.newBuilder()
            .setChannel(Channel.CHANNEL_INBOX)
            .addEnvelopes(FakeAttachment.envelope(7, "not of the talk"))
            .setReset(Reset.newBuilder().setReason(Reset.Reason.REASON_TRIMMED)));

    server.say(ServerFrame.newBuilder().addOutcomes(FakeAttachment.stored(1, 1)));

    assertThat(stage.heard.next(ConversationEvent.Stored.class).text().text()).isEqualTo("one");
  }

  @Test
  void ownTextsAndPeersMessagesComeInTheOrderOfTheLog() {
    FakeAttachment server = stage.entered();
    stage.talk.send("mine");
    server.text();
    server.say(
        ServerFrame.newBuilder()
            .addOutcomes(FakeAttachment.stored(1, 2))
            .addEnvelopes(FakeAttachment.envelope(1, "before"))
            .addEnvelopes(FakeAttachment.envelope(3, "after")));
    assertThat(stage.heard.next(ConversationEvent.Message.class).text()).isEqualTo("before");
    assertThat(stage.heard.next(ConversationEvent.Stored.class).text().text()).isEqualTo("mine");
    assertThat(stage.heard.next(ConversationEvent.Message.class).text()).isEqualTo("after");
  }

  @Test
  void leavingWaitsForWhatIsOnItsWay() {
    FakeAttachment server = stage.entered();
    stage.talk.send("last words");
    stage.talk.leave();
    assertThat(server.text().getText()).isEqualTo("last words");
    assertThat(server.frames()).isEmpty();
    server.outcome(FakeAttachment.stored(1, 1).toBuilder());
    assertThat(server.frame().hasLeave()).isTrue();
    stage.heard.next(ConversationEvent.Stored.class);
    server.end(EndReason.END_REASON_YOU_LEFT, Next.NEXT_STOP);
    assertThat(stage.heard.next(ConversationEvent.Ended.class).ending())
        .isEqualTo(ConversationEnding.YOU_LEFT);
  }

  @Test
  void leavingDoesNotWaitForAServerThatIsSilent() {
    FakeAttachment server = stage.entered();
    OwnText text = stage.talk.send("nobody answers");
    server.text();
    stage.talk.leave();
    assertThat(stage.heard.next(ConversationEvent.NotSent.class))
        .isEqualTo(new ConversationEvent.NotSent(text, NotSentReason.CLOSED));
    assertThat(stage.heard.next(ConversationEvent.Ended.class).ending())
        .isEqualTo(ConversationEnding.YOU_LEFT);
    assertThat(stage.fake.sessions.left).hasSize(1);
  }

  @Test
  void writingIsToldOnceInTwoSecondsAlsoIfItBeganWhileEntering() {
    stage.talk.typing();
    FakeAttachment server = stage.fake.sessions.next();
    server.entered(1, 0);
    stage.talk.typing();
    server.caughtUp(0);
    stage.talk.typing();
    assertThat(server.frame().hasTyping()).isTrue();
    stage.talk.send("marker");
    assertThat(server.text().getText()).isEqualTo("marker");
  }
}
