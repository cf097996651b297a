package parley.client.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.client.call.Face;
import parley.client.fake.FakeAttachment;
import parley.client.fake.FakeDoor;
import parley.client.identity.Identity;
import parley.proto.session.v1.ContentDiffers;
import parley.proto.session.v1.End;
import parley.proto.session.v1.EndReason;
import parley.proto.session.v1.Heartbeat;
import parley.proto.session.v1.Next;
import parley.proto.session.v1.OutOfOrder;
import parley.proto.session.v1.Reset;
import parley.proto.session.v1.ServerFrame;
import parley.proto.session.v1.TextOutcome;
import parley.proto.session.v1.TooFast;
import parley.proto.session.v1.TooLong;

class ConversationTest {
  private final FakeDoor fake = new FakeDoor(Face.NATIVE);
  private final Identity me = fake.guest();
  private final Heard heard = new Heard();
  private final Conversation talk = open(fresh());

  private static ConversationState fresh() {
    return new ConversationState(
        "s".repeat(22),
        new ConversationState.GrantToEnter(ByteString.copyFromUtf8("grant")),
        null,
        1,
        List.of(),
        0,
        "correlation");
  }

  private Conversation open(ConversationState from) {
    return Conversation.open(fake.door, me, from, heard);
  }

  @AfterEach
  void close() {
    talk.close();
    me.close();
    fake.close();
  }

  @Test
  void entersByGrantAndComesBackByPassFromItsPosition() {
    FakeAttachment first = fake.sessions.next();
    assertThat(first.enter().getGrant().toStringUtf8()).isEqualTo("grant");
    assertThat(first.enter().hasPosition()).isFalse();
    assertThat(first.authorization()).isEqualTo("Bearer g1-1");
    assertThat(first.session()).isEqualTo("s".repeat(22));
    first.letIn(1, 0);
    heard.next(ConversationEvent.Entered.class);
    first.say(ServerFrame.newBuilder().addEnvelopes(FakeAttachment.envelope(1, "hello")));
    assertThat(heard.next(ConversationEvent.Message.class).text()).isEqualTo("hello");

    first.cut(Status.INTERNAL.withDescription("RST_STREAM closed stream"));
    heard.next(ConversationEvent.Reconnecting.class);

    FakeAttachment second = fake.sessions.next();
    assertThat(second.enter().getPass().toStringUtf8()).isEqualTo("pass");
    assertThat(second.enter().getPosition()).isEqualTo(FakeAttachment.at(1));
    second.letIn(1, 1);
    heard.next(ConversationEvent.Resumed.class);
  }

  @Test
  void aTextWrittenDuringABreakIsSentOnceItIsIn() {
    FakeAttachment first = entered();
    first.cut(Status.UNAVAILABLE);
    heard.next(ConversationEvent.Reconnecting.class);
    OwnText text = talk.send("are you there?");

    FakeAttachment second = fake.sessions.next();
    second.letIn(1, 0);
    heard.next(ConversationEvent.Resumed.class);
    assertThat(second.text().getSequence()).isEqualTo(1);
    second.outcome(FakeAttachment.stored(1, 1).toBuilder());
    assertThat(heard.next(ConversationEvent.Stored.class).text()).isEqualTo(text);
  }

  @Test
  void aTextThatTheServerHasIsNotSentAgain() {
    FakeAttachment first = entered();
    OwnText one = talk.send("one");
    OwnText two = talk.send("two");
    assertThat(first.text().getText()).isEqualTo("one");
    assertThat(first.text().getText()).isEqualTo("two");
    first.cut(Status.UNAVAILABLE);
    heard.next(ConversationEvent.Reconnecting.class);

    FakeAttachment second = fake.sessions.next();
    second.entered(2, 1);
    second.say(
        ServerFrame.newBuilder()
            .addEnvelopes(
                FakeAttachment.envelope(1, "one").toBuilder().setMemberId(1).setOwnSequence(1)));
    second.caughtUp(1);
    heard.next(ConversationEvent.Resumed.class);
    assertThat(heard.next(ConversationEvent.Stored.class).text()).isEqualTo(one);
    assertThat(second.text().getSequence()).isEqualTo(2);
    second.outcome(FakeAttachment.stored(2, 2).toBuilder());
    assertThat(heard.next(ConversationEvent.Stored.class).text()).isEqualTo(two);
    assertThat(second.frames()).isEmpty();
  }

  @Test
  void textsOutOfOrderAreSentAgainFromTheExpectedSequence() {
    FakeAttachment server = entered();
    talk.send("one");
    talk.send("two");
    server.text();
    server.text();
    server.say(
        ServerFrame.newBuilder().addOutcomes(outOfOrder(1, 1)).addOutcomes(outOfOrder(2, 1)));
    assertThat(server.text().getSequence()).isEqualTo(1);
    assertThat(server.text().getSequence()).isEqualTo(2);
    server.say(
        ServerFrame.newBuilder()
            .addOutcomes(FakeAttachment.stored(1, 1))
            .addOutcomes(FakeAttachment.stored(2, 2)));
    heard.next(ConversationEvent.Stored.class);
    heard.next(ConversationEvent.Stored.class);
    assertThat(server.frames()).isEmpty();
  }

  @Test
  void aServerThatExpectsAnEarlierSequenceGetsTheTextUnderIt() {
    FakeAttachment server = fake.sessions.next();
    server.letIn(5, 0);
    heard.next(ConversationEvent.Entered.class);
    talk.send("five");
    assertThat(server.text().getSequence()).isEqualTo(5);
    server.outcome(outOfOrder(5, 3));
    assertThat(server.text())
        .satisfies(text -> assertThat(text.getSequence()).isEqualTo(3))
        .satisfies(text -> assertThat(text.getText()).isEqualTo("five"));
  }

  @Test
  void whatIsTooFastWaitsAndIsNotLost() {
    FakeAttachment server = entered();
    talk.send("one");
    talk.send("two");
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
            .addOutcomes(outOfOrder(2, 1)));
    heard.next(ConversationEvent.Slowed.class);
    assertThat(server.text().getSequence()).isEqualTo(1);
    server.outcome(FakeAttachment.stored(1, 1).toBuilder());
    assertThat(server.text().getSequence()).isEqualTo(2);
    server.outcome(FakeAttachment.stored(2, 2).toBuilder());
    heard.next(ConversationEvent.Stored.class);
    heard.next(ConversationEvent.Stored.class);
  }

  @Test
  void aTextThatIsRefusedGivesItsSequenceToTheNext() {
    FakeAttachment server = entered();
    OwnText tooLong = talk.send("too long");
    OwnText good = talk.send("good");
    server.text();
    server.text();
    server.say(
        ServerFrame.newBuilder()
            .addOutcomes(
                TextOutcome.newBuilder().setSequence(1).setTooLong(TooLong.getDefaultInstance()))
            .addOutcomes(outOfOrder(2, 1)));
    ConversationEvent.NotSent refused = heard.next(ConversationEvent.NotSent.class);
    assertThat(refused).isEqualTo(new ConversationEvent.NotSent(tooLong, NotSentReason.TOO_LONG));
    assertThat(server.text())
        .satisfies(text -> assertThat(text.getSequence()).isEqualTo(1))
        .satisfies(text -> assertThat(text.getText()).isEqualTo("good"));
    server.outcome(FakeAttachment.stored(1, 1).toBuilder());
    assertThat(heard.next(ConversationEvent.Stored.class).text()).isEqualTo(good);
  }

  @Test
  void aSequenceThatHasOtherContentIsTold() {
    FakeAttachment server = entered();
    OwnText one = talk.send("one");
    talk.send("two");
    server.text();
    server.text();
    server.say(
        ServerFrame.newBuilder()
            .addOutcomes(
                TextOutcome.newBuilder()
                    .setSequence(1)
                    .setContentDiffers(ContentDiffers.getDefaultInstance()))
            .addOutcomes(FakeAttachment.stored(2, 1)));
    assertThat(heard.next(ConversationEvent.NotSent.class))
        .isEqualTo(new ConversationEvent.NotSent(one, NotSentReason.CONTENT_DIFFERS));
    assertThat(heard.next(ConversationEvent.Stored.class).text().text()).isEqualTo("two");
  }

  @Test
  void anUnknownAnswerThatSaysStopIsTold() {
    FakeAttachment server = entered();
    talk.send("one");
    server.text();
    server.outcome(TextOutcome.newBuilder().setSequence(1).setNext(Next.NEXT_STOP));
    assertThat(heard.next(ConversationEvent.NotSent.class).reason())
        .isEqualTo(NotSentReason.REFUSED);
  }

  @Test
  void afterAResetWhatWasNotStoredIsNeverSentAgain() {
    FakeAttachment first = entered();
    OwnText one = talk.send("one");
    first.text();
    first.cut(Status.UNAVAILABLE);
    heard.next(ConversationEvent.Reconnecting.class);

    FakeAttachment second = fake.sessions.next();
    second.entered(1, 4);
    second.say(
        ServerFrame.newBuilder()
            .setReset(
                Reset.newBuilder()
                    .setReason(Reset.Reason.REASON_LOG_LOST)
                    .setResumeAt(FakeAttachment.at(4))));
    second.caughtUp(4);
    heard.next(ConversationEvent.Resumed.class);
    assertThat(heard.next(ConversationEvent.Reset.class).resumeAt())
        .isEqualTo(FakeAttachment.at(4));
    assertThat(heard.next(ConversationEvent.NotSent.class))
        .isEqualTo(new ConversationEvent.NotSent(one, NotSentReason.RESET));

    talk.send("after");
    assertThat(second.text().getText()).isEqualTo("after");
    second.say(ServerFrame.newBuilder().addEnvelopes(FakeAttachment.envelope(5, "still here")));
    assertThat(heard.next(ConversationEvent.Message.class).text()).isEqualTo("still here");
  }

  @Test
  void takenOverIsTheEndAndNothingIsTriedAgain() {
    FakeAttachment server = entered();
    server.end(EndReason.END_REASON_TAKEN_OVER, Next.NEXT_STOP);
    ConversationEvent.Ended ended = heard.next(ConversationEvent.Ended.class);
    assertThat(ended.ending()).isEqualTo(ConversationEnding.TAKEN_OVER);
    assertThat(ended.next()).isEqualTo(ConversationEvent.WhatNext.STOP);
    OwnText late = talk.send("too late");
    assertThat(heard.next(ConversationEvent.NotSent.class))
        .isEqualTo(new ConversationEvent.NotSent(late, NotSentReason.CLOSED));
    assertThat(fake.sessions.attachments).isEmpty();
  }

  @Test
  void aNodeThatGoesAwayIsLeftAtOnce() {
    FakeAttachment server = entered();
    server.end(EndReason.END_REASON_DRAIN, Next.NEXT_RESUME);
    assertThat(heard.next(ConversationEvent.Reconnecting.class).pause())
        .isEqualTo(java.time.Duration.ZERO);
    assertThat(fake.sessions.next().enter().hasPass()).isTrue();
  }

  @Test
  void anEndSaysHowLongToWait() {
    FakeAttachment server = entered();
    server.say(
        ServerFrame.newBuilder()
            .setEnd(
                End.newBuilder()
                    .setReason(EndReason.END_REASON_UNAVAILABLE)
                    .setNext(Next.NEXT_RESUME)
                    .setRetryAfter(Duration.newBuilder().setNanos(20_000_000))));
    assertThat(heard.next(ConversationEvent.Reconnecting.class).pause())
        .isBetween(java.time.Duration.ofMillis(20), java.time.Duration.ofMillis(40));
    fake.sessions.next();
  }

  @Test
  void aGapIsAFaultAndReadingGoesOnFromThePosition() {
    FakeAttachment server = entered();
    server.say(ServerFrame.newBuilder().addEnvelopes(FakeAttachment.envelope(1, "one")));
    heard.next(ConversationEvent.Message.class);
    server.say(ServerFrame.newBuilder().addEnvelopes(FakeAttachment.envelope(3, "three")));
    heard.next(ConversationEvent.Reconnecting.class);
    assertThat(fake.sessions.next().enter().getPosition()).isEqualTo(FakeAttachment.at(1));
  }

  @Test
  void ownTextsAndPeersMessagesComeInTheOrderOfTheLog() {
    FakeAttachment server = entered();
    talk.send("mine");
    server.text();
    server.say(
        ServerFrame.newBuilder()
            .addOutcomes(FakeAttachment.stored(1, 2))
            .addEnvelopes(FakeAttachment.envelope(1, "before"))
            .addEnvelopes(FakeAttachment.envelope(3, "after")));
    assertThat(heard.next(ConversationEvent.Message.class).text()).isEqualTo("before");
    assertThat(heard.next(ConversationEvent.Stored.class).text().text()).isEqualTo("mine");
    assertThat(heard.next(ConversationEvent.Message.class).text()).isEqualTo("after");
  }

  @Test
  void anEnvelopeThatCameBeforeIsNotToldAgain() {
    FakeAttachment server = entered();
    server.say(ServerFrame.newBuilder().addEnvelopes(FakeAttachment.envelope(1, "one")));
    server.say(ServerFrame.newBuilder().addEnvelopes(FakeAttachment.envelope(1, "one")));
    server.say(ServerFrame.newBuilder().addEnvelopes(FakeAttachment.envelope(2, "two")));
    assertThat(heard.next(ConversationEvent.Message.class).text()).isEqualTo("one");
    assertThat(heard.next(ConversationEvent.Message.class).text()).isEqualTo("two");
  }

  @Test
  void anEnvelopeOfUnknownContentIsPassedBy() {
    FakeAttachment server = entered();
    server.say(
        ServerFrame.newBuilder()
            .addEnvelopes(FakeAttachment.envelope(1, "").toBuilder().clearText())
            .addEnvelopes(FakeAttachment.envelope(2, "two")));
    assertThat(heard.next(ConversationEvent.Message.class).text()).isEqualTo("two");
  }

  @Test
  void aHeartbeatIsAnswered() {
    FakeAttachment server = entered();
    server.say(ServerFrame.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance()));
    assertThat(server.frame().hasHeartbeatAnswer()).isTrue();
  }

  @Test
  void aRefusedTokenIsRefreshedOnceAndThenTheConversationIsOver() {
    fake.sessions.next().cut(Status.UNAUTHENTICATED);
    FakeAttachment second = fake.sessions.next();
    assertThat(second.authorization()).isEqualTo("Bearer g1-2");
    second.cut(Status.UNAUTHENTICATED);
    assertThat(heard.next(ConversationEvent.Ended.class).ending())
        .isEqualTo(ConversationEnding.REFUSED);
    assertThat(fake.identities.refreshes).hasSize(1);
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
    fake.sessions.next().cut(refusal.getStatus(), refusal.getTrailers());
    assertThat(heard.next(ConversationEvent.Ended.class).ending())
        .isEqualTo(ConversationEnding.REFUSED);
  }

  @Test
  void leavingWaitsForWhatIsOnItsWay() {
    FakeAttachment server = entered();
    talk.send("last words");
    talk.leave();
    assertThat(server.text().getText()).isEqualTo("last words");
    assertThat(server.frames()).isEmpty();
    server.outcome(FakeAttachment.stored(1, 1).toBuilder());
    assertThat(server.frame().hasLeave()).isTrue();
    heard.next(ConversationEvent.Stored.class);
    server.end(EndReason.END_REASON_YOU_LEFT, Next.NEXT_STOP);
    assertThat(heard.next(ConversationEvent.Ended.class).ending())
        .isEqualTo(ConversationEnding.YOU_LEFT);
  }

  @Test
  void leavingDoesNotWaitForAServerThatIsSilent() {
    FakeAttachment server = entered();
    OwnText text = talk.send("nobody answers");
    server.text();
    talk.leave();
    assertThat(heard.next(ConversationEvent.NotSent.class))
        .isEqualTo(new ConversationEvent.NotSent(text, NotSentReason.CLOSED));
    assertThat(heard.next(ConversationEvent.Ended.class).ending())
        .isEqualTo(ConversationEnding.YOU_LEFT);
    assertThat(fake.sessions.left).hasSize(1);
  }

  @Test
  void aReloadGoesOnFromWhatWasKept() throws InterruptedException {
    FakeAttachment first = entered();
    first.say(ServerFrame.newBuilder().addEnvelopes(FakeAttachment.envelope(1, "hello")));
    heard.next(ConversationEvent.Message.class);
    OwnText unsent = talk.send("kept");
    first.text();
    talk.close();
    assertThat(first.gone().await(5, TimeUnit.SECONDS)).as("the stream is let go").isTrue();
    assertThat(first.frames()).as("closing is not leaving").isEmpty();

    ConversationState kept = talk.state();
    assertThat(kept.position()).isEqualTo(FakeAttachment.at(1));
    assertThat(kept.unsent()).containsExactly(unsent);
    try (Conversation again = open(kept)) {
      FakeAttachment second = fake.sessions.next();
      assertThat(second.enter().getPass().toStringUtf8()).isEqualTo("pass");
      assertThat(second.enter().getPosition()).isEqualTo(FakeAttachment.at(1));
      second.letIn(1, 1);
      heard.next(ConversationEvent.Resumed.class);
      assertThat(second.text().getText()).isEqualTo("kept");
      assertThat(again.send("next").number()).isEqualTo(2);
    }
  }

  @Test
  void aListenerThatFailsMissesNothingElse() {
    Heard later = new Heard();
    boolean[] failed = new boolean[1];
    entered();
    try (Conversation other =
        Conversation.open(
            fake.door,
            me,
            fresh(),
            event -> {
              if (!failed[0]) {
                failed[0] = true;
                throw new IllegalStateException("as a test wants it");
              }
              later.on(event);
            })) {
      FakeAttachment server = fake.sessions.next();
      server.letIn(1, 0);
      server.say(ServerFrame.newBuilder().addEnvelopes(FakeAttachment.envelope(1, "one")));
      assertThat(later.next(ConversationEvent.Message.class).text()).isEqualTo("one");
      assertThat(other.state().position()).isNotNull();
    }
  }

  private FakeAttachment entered() {
    FakeAttachment server = fake.sessions.next().letIn(1, 0);
    heard.next(ConversationEvent.Entered.class);
    return server;
  }

  private static TextOutcome.Builder outOfOrder(int sequence, int expected) {
    return TextOutcome.newBuilder()
        .setSequence(sequence)
        .setOutOfOrder(OutOfOrder.newBuilder().setExpected(expected));
  }
}
