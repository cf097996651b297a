package parley.client.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.client.call.Face;
import parley.client.fake.Awaited;
import parley.client.fake.FakeAttachment;
import parley.client.fake.FakeSessionService.PendingSend;
import parley.proto.session.v1.AcknowledgeResponse;
import parley.proto.session.v1.Heartbeat;
import parley.proto.session.v1.SendResponse;
import parley.proto.session.v1.ServerFrame;
import parley.proto.session.v1.StaleAttachment;

class WebConversationTest {
  private final Stage stage = new Stage(Face.WEB);

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void oneSendIsInFlightAndTheNextTakesWhatCollected() {
    stage.entered();
    stage.talk.send("one");
    PendingSend first = stage.fake.sessions.nextSend();
    assertThat(first.request().getPass().toStringUtf8()).isEqualTo("pass");
    assertThat(first.request().getAttachment()).isEqualTo(1);
    stage.talk.send("two");
    stage.talk.send("three");
    assertThat(stage.fake.sessions.sends).isEmpty();
    first.answer(SendResponse.newBuilder().addOutcomes(FakeAttachment.stored(1, 1)));

    PendingSend second = stage.fake.sessions.nextSend();
    assertThat(second.request().getFramesList())
        .extracting(frame -> frame.getText().getText())
        .containsExactly("two", "three");
    second.answer(
        SendResponse.newBuilder()
            .addOutcomes(FakeAttachment.stored(2, 2))
            .addOutcomes(FakeAttachment.stored(3, 3)));
    for (String text : new String[] {"one", "two", "three"}) {
      assertThat(stage.heard.next(ConversationEvent.Stored.class).text().text()).isEqualTo(text);
    }
  }

  @Test
  void anAnswerThatRunsAheadOfTheStreamWaitsForItsTurn() {
    FakeAttachment server = stage.entered();
    stage.talk.send("mine");
    stage
        .fake
        .sessions
        .nextSend()
        .answer(SendResponse.newBuilder().addOutcomes(FakeAttachment.stored(1, 2)));
    server.say(ServerFrame.newBuilder().addEnvelopes(FakeAttachment.envelope(1, "before")));
    assertThat(stage.heard.next(ConversationEvent.Message.class).text()).isEqualTo("before");
    assertThat(stage.heard.next(ConversationEvent.Stored.class).position())
        .isEqualTo(FakeAttachment.at(2));
  }

  @Test
  void anAnswerThatLagsBehindTheStreamIsNoGap() {
    FakeAttachment server = stage.entered();
    stage.talk.send("mine");
    PendingSend send = stage.fake.sessions.nextSend();
    server.say(ServerFrame.newBuilder().addEnvelopes(FakeAttachment.envelope(2, "after")));
    send.answer(SendResponse.newBuilder().addOutcomes(FakeAttachment.stored(1, 1)));
    stage.heard.next(ConversationEvent.Stored.class);
    assertThat(stage.heard.next(ConversationEvent.Message.class).text()).isEqualTo("after");
  }

  @Test
  void aPlaceThatNoAnswerCanFillIsAGap() {
    FakeAttachment server = stage.entered();
    stage.talk.send("mine");
    PendingSend send = stage.fake.sessions.nextSend();
    server.say(ServerFrame.newBuilder().addEnvelopes(FakeAttachment.envelope(2, "after")));
    send.answer(SendResponse.newBuilder().addOutcomes(FakeAttachment.stored(1, 3)));
    stage.heard.next(ConversationEvent.Reconnecting.class);
    assertThat(stage.fake.sessions.next().enter().getPosition()).isEqualTo(FakeAttachment.at(0));
  }

  @Test
  void whatTheStreamRepeatsIsToldOnce() {
    FakeAttachment server = stage.entered();
    stage.talk.send("mine");
    PendingSend send = stage.fake.sessions.nextSend();
    server.say(ServerFrame.newBuilder().addOutcomes(FakeAttachment.stored(1, 1)));
    send.answer(SendResponse.newBuilder().addOutcomes(FakeAttachment.stored(1, 1)));
    server.say(ServerFrame.newBuilder().addEnvelopes(FakeAttachment.envelope(2, "after")));
    stage.heard.next(ConversationEvent.Stored.class);
    assertThat(stage.heard.next(ConversationEvent.Message.class).text()).isEqualTo("after");
  }

  @Test
  void aSendWhoseAnswerIsLostIsSentAgainAndStoredOnce() {
    FakeAttachment first = stage.entered();
    stage.talk.send("mine");
    PendingSend lost = stage.fake.sessions.nextSend();
    first.cut(Status.UNAVAILABLE);
    stage.heard.next(ConversationEvent.Reconnecting.class);
    lost.answer(SendResponse.newBuilder().addOutcomes(FakeAttachment.stored(1, 1)));

    FakeAttachment second = stage.fake.sessions.next();
    second.entered(2, 1);
    second.say(
        ServerFrame.newBuilder()
            .addEnvelopes(
                FakeAttachment.envelope(1, "mine").toBuilder().setMemberId(1).setOwnSequence(1)));
    second.caughtUp(1);
    stage.heard.next(ConversationEvent.Resumed.class);
    assertThat(stage.heard.next(ConversationEvent.Stored.class).text().text()).isEqualTo("mine");
    assertThat(stage.fake.sessions.sends).isEmpty();
  }

  @Test
  void aSendThatCannotBeMadeEndsInComingBack() {
    stage.entered();
    stage.talk.send("mine");
    stage
        .fake
        .sessions
        .nextSend()
        .caller()
        .onError(Status.FAILED_PRECONDITION.asRuntimeException());
    stage.heard.next(ConversationEvent.Reconnecting.class);
    stage.fake.sessions.next().letIn(1, 0);
    assertThat(stage.fake.sessions.nextSend().request().getFrames(0).getText().getSequence())
        .isEqualTo(1);
  }

  @Test
  void aHeartbeatIsAnsweredByAcknowledging() {
    FakeAttachment server = stage.entered();
    server.say(ServerFrame.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance()));
    assertThat(Awaited.from(stage.fake.sessions.acknowledged, "Acknowledge").getAttachment())
        .isEqualTo(1);
  }

  @Test
  void anAttachmentThatIsStaleHasBeenTakenOver() {
    stage.fake.sessions.acknowledging =
        request ->
            AcknowledgeResponse.newBuilder()
                .setStaleAttachment(StaleAttachment.getDefaultInstance())
                .build();
    FakeAttachment server = stage.entered();
    server.say(ServerFrame.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance()));
    assertThat(stage.heard.next(ConversationEvent.Ended.class).ending())
        .isEqualTo(ConversationEnding.TAKEN_OVER);
  }

  @Test
  void leavingIsTheLastFrameOfASend() {
    stage.entered();
    stage.talk.leave();
    assertThat(stage.fake.sessions.nextSend().request().getFrames(0).hasLeave()).isTrue();
  }

  @Test
  void closingLetsTheStreamGo() throws InterruptedException {
    FakeAttachment server = stage.entered();
    stage.talk.close();
    CountDownLatch gone = server.gone();
    assertThat(gone.await(5, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
  }
}
