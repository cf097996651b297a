package parley.client.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.client.call.Face;
import parley.client.fake.FakeAttachment;
import parley.proto.session.v1.End;
import parley.proto.session.v1.EndReason;
import parley.proto.session.v1.Entered;
import parley.proto.session.v1.Heartbeat;
import parley.proto.session.v1.Limits;
import parley.proto.session.v1.Next;
import parley.proto.session.v1.ServerFrame;

class ConversationTest {
  private final Stage stage = new Stage(Face.NATIVE);

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void entersByGrantAndComesBackByPassFromItsPosition() {
    FakeAttachment first = stage.fake.sessions.next();
    assertThat(first.enter().getGrant().toStringUtf8()).isEqualTo("grant");
    assertThat(first.enter().hasPosition()).isFalse();
    assertThat(first.authorization()).isEqualTo("Bearer g1-1");
    assertThat(first.session()).isEqualTo("s".repeat(22));
    first.letIn(1, 0);
    stage.heard.next(ConversationEvent.Entered.class);
    first.say(ServerFrame.newBuilder().addEnvelopes(FakeAttachment.envelope(1, "hello")));
    assertThat(stage.heard.next(ConversationEvent.Message.class).text()).isEqualTo("hello");

    first.cut(Status.INTERNAL.withDescription("RST_STREAM closed stream"));
    stage.heard.next(ConversationEvent.Reconnecting.class);

    FakeAttachment second = stage.fake.sessions.next();
    assertThat(second.enter().getPass().toStringUtf8()).isEqualTo("pass");
    assertThat(second.enter().getPosition()).isEqualTo(FakeAttachment.at(1));
    second.letIn(1, 1);
    stage.heard.next(ConversationEvent.Resumed.class);
  }

  @Test
  void takenOverIsTheEndAndNothingIsTriedAgain() {
    FakeAttachment server = stage.entered();
    server.end(EndReason.END_REASON_TAKEN_OVER, Next.NEXT_STOP);
    ConversationEvent.Ended ended = stage.heard.next(ConversationEvent.Ended.class);
    assertThat(ended.ending()).isEqualTo(ConversationEnding.TAKEN_OVER);
    assertThat(ended.next()).isEqualTo(ConversationEvent.WhatNext.STOP);
    OwnText late = stage.talk.send("too late");
    assertThat(stage.heard.next(ConversationEvent.NotSent.class))
        .isEqualTo(new ConversationEvent.NotSent(late, NotSentReason.CLOSED));
    assertThat(stage.fake.sessions.attachments).isEmpty();
  }

  @Test
  void aNodeThatGoesAwayIsLeftAtOnce() {
    FakeAttachment server = stage.entered();
    server.end(EndReason.END_REASON_DRAIN, Next.NEXT_RESUME);
    assertThat(stage.heard.next(ConversationEvent.Reconnecting.class).pause())
        .isEqualTo(java.time.Duration.ZERO);
    assertThat(stage.fake.sessions.next().enter().hasPass()).isTrue();
  }

  @Test
  void anEndSaysHowLongToWait() {
    FakeAttachment server = stage.entered();
    server.say(
        ServerFrame.newBuilder()
            .setEnd(
                End.newBuilder()
                    .setReason(EndReason.END_REASON_UNAVAILABLE)
                    .setNext(Next.NEXT_RESUME)
                    .setRetryAfter(Duration.newBuilder().setNanos(20_000_000))));
    assertThat(stage.heard.next(ConversationEvent.Reconnecting.class).pause())
        .isBetween(java.time.Duration.ofMillis(20), java.time.Duration.ofMillis(40));
    stage.fake.sessions.next();
  }

  @Test
  void aGapIsAFaultAndReadingGoesOnFromThePosition() {
    FakeAttachment server = stage.entered();
    server.say(ServerFrame.newBuilder().addEnvelopes(FakeAttachment.envelope(1, "one")));
    stage.heard.next(ConversationEvent.Message.class);
    server.say(ServerFrame.newBuilder().addEnvelopes(FakeAttachment.envelope(3, "three")));
    stage.heard.next(ConversationEvent.Reconnecting.class);
    assertThat(stage.fake.sessions.next().enter().getPosition()).isEqualTo(FakeAttachment.at(1));
  }

  @Test
  void anEnvelopeThatCameBeforeIsNotToldAgain() {
    FakeAttachment server = stage.entered();
    server.say(ServerFrame.newBuilder().addEnvelopes(FakeAttachment.envelope(1, "one")));
    server.say(ServerFrame.newBuilder().addEnvelopes(FakeAttachment.envelope(1, "one")));
    server.say(ServerFrame.newBuilder().addEnvelopes(FakeAttachment.envelope(2, "two")));
    assertThat(stage.heard.next(ConversationEvent.Message.class).text()).isEqualTo("one");
    assertThat(stage.heard.next(ConversationEvent.Message.class).text()).isEqualTo("two");
  }

  @Test
  void anEnvelopeOfUnknownContentIsPassedBy() {
    FakeAttachment server = stage.entered();
    server.say(
        ServerFrame.newBuilder()
            .addEnvelopes(FakeAttachment.envelope(1, "").toBuilder().clearText())
            .addEnvelopes(FakeAttachment.envelope(2, "two")));
    assertThat(stage.heard.next(ConversationEvent.Message.class).text()).isEqualTo("two");
  }

  @Test
  void aHeartbeatIsAnswered() {
    FakeAttachment server = stage.entered();
    server.say(ServerFrame.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance()));
    assertThat(server.frame().hasHeartbeatAnswer()).isTrue();
  }

  @Test
  void aRefusedTokenIsRefreshedOnceAndThenTheConversationIsOver() {
    stage.fake.sessions.next().cut(Status.UNAUTHENTICATED);
    FakeAttachment second = stage.fake.sessions.next();
    assertThat(second.authorization()).isEqualTo("Bearer g1-2");
    second.cut(Status.UNAUTHENTICATED);
    assertThat(stage.heard.next(ConversationEvent.Ended.class).ending())
        .isEqualTo(ConversationEnding.REFUSED);
    assertThat(stage.fake.identities.refreshes).hasSize(1);
  }

  @Test
  void whoIsNotAMemberIsNotLetInAndDoesNotTryAgain() {
    StatusRuntimeException refusal =
        StatusProto.toStatusRuntimeException(
            com.google.rpc.Status.newBuilder()
                .setCode(Status.Code.PERMISSION_DENIED.value())
                .addDetails(
                    Any.pack(
                        ErrorInfo.newBuilder().setDomain("parley").setReason("NOT_MEMBER").build()))
                .build());
    stage.fake.sessions.next().cut(refusal.getStatus(), refusal.getTrailers());
    assertThat(stage.heard.next(ConversationEvent.Ended.class).ending())
        .isEqualTo(ConversationEnding.REFUSED);
  }

  @Test
  void aReloadGoesOnFromWhatWasKept() throws InterruptedException {
    FakeAttachment first = stage.entered();
    first.say(ServerFrame.newBuilder().addEnvelopes(FakeAttachment.envelope(1, "hello")));
    stage.heard.next(ConversationEvent.Message.class);
    OwnText unsent = stage.talk.send("kept");
    first.text();
    stage.talk.close();
    assertThat(first.gone().await(30, TimeUnit.SECONDS)).as("the stream is let go").isTrue();
    assertThat(first.frames()).as("closing is not leaving").isEmpty();

    ConversationState kept = stage.talk.state();
    assertThat(kept.position()).isEqualTo(FakeAttachment.at(1));
    assertThat(kept.unsent()).containsExactly(unsent);
    try (Conversation again = stage.open(kept)) {
      FakeAttachment second = stage.fake.sessions.next();
      assertThat(second.enter().getPass().toStringUtf8()).isEqualTo("pass");
      assertThat(second.enter().getPosition()).isEqualTo(FakeAttachment.at(1));
      second.letIn(1, 1);
      stage.heard.next(ConversationEvent.Resumed.class);
      assertThat(second.text().getText()).isEqualTo("kept");
      assertThat(again.send("next").number()).isEqualTo(2);
    }
  }

  @Test
  void aListenerThatFailsMissesNothingElse() {
    Heard later = new Heard();
    boolean[] failed = new boolean[1];
    stage.entered();
    try (Conversation other =
        Conversation.open(
            stage.fake.door,
            stage.me,
            Stage.fresh(),
            event -> {
              if (!failed[0]) {
                failed[0] = true;
                throw new IllegalStateException("as a test wants it");
              }
              later.on(event);
            })) {
      FakeAttachment server = stage.fake.sessions.next();
      server.letIn(1, 0);
      server.say(ServerFrame.newBuilder().addEnvelopes(FakeAttachment.envelope(1, "one")));
      assertThat(later.next(ConversationEvent.Message.class).text()).isEqualTo("one");
      assertThat(other.state().position()).isNotNull();
    }
  }

  @Test
  void everyTryMakesTheChannelConnectNow() {
    FakeAttachment first = stage.entered();
    int before = stage.fake.hurries.get();
    first.cut(Status.UNAVAILABLE);
    stage.fake.sessions.next();
    assertThat(stage.fake.hurries.get()).isEqualTo(before + 1);
  }

  @Test
  void aStreamThatStaysSilentCountsAsCut() {
    FakeAttachment server = stage.fake.sessions.next();
    server.down().onNext(silentAfter(10_000_000));
    stage.heard.next(ConversationEvent.Entered.class);
    assertThat(stage.heard.next(ConversationEvent.Reconnecting.class).why())
        .contains("nothing was heard");
    assertThat(stage.fake.sessions.next().enter().hasPass()).isTrue();
  }

  private static ServerFrame silentAfter(int heartbeatNanos) {
    return ServerFrame.newBuilder()
        .setEntered(
            Entered.newBuilder()
                .setNextSequence(1)
                .setTip(FakeAttachment.at(0))
                .setLimits(
                    Limits.newBuilder()
                        .setHeartbeatEvery(Duration.newBuilder().setNanos(heartbeatNanos))))
        .build();
  }
}
