package parley.client.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.client.call.Face;
import parley.client.fake.Awaited;
import parley.client.fake.FakeAttachment;
import parley.proto.session.v1.CaughtUp;
import parley.proto.session.v1.Entered;
import parley.proto.session.v1.ReadReceipts;
import parley.proto.session.v1.ReceiptNotice;
import parley.proto.session.v1.ReceiptUpdate;
import parley.proto.session.v1.Reset;
import parley.proto.session.v1.ServerFrame;

/// How far everybody has come, over both faces.
class ReceiptsTest {
  private Stage stage;

  @AfterEach
  void close() {
    stage.close();
  }

  @ParameterizedTest
  @EnumSource(Face.class)
  void whatCameIsToldAsDeliveredAndWhatWasSeenAsRead(Face face) {
    stage = new Stage(face);
    FakeAttachment server = stage.entered();
    server.say(
        ServerFrame.newBuilder()
            .addEnvelopes(FakeAttachment.envelope(1, "one"))
            .addEnvelopes(FakeAttachment.envelope(2, "two")));

    assertThat(receipt(server)).isEqualTo(update(2, 0));
    stage.heard.next(ConversationEvent.Message.class);
    stage.talk.read(stage.heard.next(ConversationEvent.Message.class).position());
    assertThat(receipt(server)).isEqualTo(update(2, 2));
    stage.talk.read(FakeAttachment.at(1));
    server.say(ServerFrame.newBuilder().addEnvelopes(FakeAttachment.envelope(3, "three")));
    assertThat(receipt(server)).as("what was read stays read").isEqualTo(update(3, 2));
  }

  @ParameterizedTest
  @EnumSource(Face.class)
  void whatTheServerDoesNotKnowIsToldAgainAfterABreak(Face face) {
    stage = new Stage(face);
    FakeAttachment first = stage.entered();
    first.say(ServerFrame.newBuilder().addEnvelopes(FakeAttachment.envelope(1, "one")));
    assertThat(receipt(first)).isEqualTo(update(1, 0));
    first.cut(Status.UNAVAILABLE);

    FakeAttachment second = stage.fake.sessions.next();
    enter(second, 1);
    assertThat(receipt(second)).as("lost on the way").isEqualTo(update(1, 0));
    second.cut(Status.UNAVAILABLE);

    FakeAttachment third = stage.fake.sessions.next();
    enter(third, 1, ReceiptNotice.newBuilder().setMemberId(1).setDeliveredOffset(1).build());
    third.say(ServerFrame.newBuilder().addEnvelopes(FakeAttachment.envelope(2, "two")));
    assertThat(receipt(third)).as("what is known is not repeated").isEqualTo(update(2, 0));
  }

  @ParameterizedTest
  @EnumSource(Face.class)
  void howFarOthersHaveComeIsToldWhenItGrows(Face face) {
    stage = new Stage(face);
    FakeAttachment server = stage.fake.sessions.next();
    enter(
        server,
        0,
        ReceiptNotice.newBuilder().setMemberId(2).setDeliveredOffset(4).setReadOffset(3).build(),
        ReceiptNotice.newBuilder().setMemberId(1).setDeliveredOffset(9).build());
    stage.heard.next(ConversationEvent.Entered.class);
    assertThat(stage.heard.next(ConversationEvent.Receipt.class))
        .isEqualTo(new ConversationEvent.Receipt(2, 4, 3));

    server.say(notice(3, 3));
    server.say(notice(5, 0));
    assertThat(stage.heard.next(ConversationEvent.Receipt.class))
        .as("nothing grew first, nothing shrinks then")
        .isEqualTo(new ConversationEvent.Receipt(2, 5, 3));
  }

  @ParameterizedTest
  @EnumSource(Face.class)
  void whatWasReceivedOfALogThatIsLostIsNotToldOfTheNext(Face face) {
    stage = new Stage(face);
    FakeAttachment first = stage.entered();
    first.say(
        ServerFrame.newBuilder()
            .addEnvelopes(FakeAttachment.envelope(1, "one"))
            .addEnvelopes(FakeAttachment.envelope(2, "two")));
    assertThat(receipt(first)).isEqualTo(update(2, 0));
    first.say(notice(5, 3));
    stage.heard.next(ConversationEvent.Message.class);
    stage.heard.next(ConversationEvent.Message.class);
    assertThat(stage.heard.next(ConversationEvent.Receipt.class))
        .isEqualTo(new ConversationEvent.Receipt(2, 5, 3));
    first.cut(Status.UNAVAILABLE);

    FakeAttachment second = stage.fake.sessions.next();
    second.say(entered(0, ReceiptNotice.newBuilder().setMemberId(2).setDeliveredOffset(1).build()));
    second.say(
        ServerFrame.newBuilder()
            .setReset(
                Reset.newBuilder()
                    .setReason(Reset.Reason.REASON_LOG_LOST)
                    .setResumeAt(FakeAttachment.at(0))));
    second.caughtUp(0);
    stage.heard.next(ConversationEvent.Reconnecting.class);
    stage.heard.next(ConversationEvent.Resumed.class);
    stage.heard.next(ConversationEvent.Reset.class);
    assertThat(stage.heard.next(ConversationEvent.Receipt.class))
        .as("as it was said of the new one")
        .isEqualTo(new ConversationEvent.Receipt(2, 1, 0));
    stage.talk.read(FakeAttachment.at(2)); // was seen before
    second.say(ServerFrame.newBuilder().addEnvelopes(FakeAttachment.envelope(1, "another one")));
    assertThat(receipt(second)).isEqualTo(update(1, 0));
  }

  @ParameterizedTest
  @EnumSource(Face.class)
  void ofALogThatDivergedNobodyHasWhatCameAfterThat(Face face) {
    stage = new Stage(face);
    FakeAttachment server = stage.entered();
    server.say(ServerFrame.newBuilder().addEnvelopes(FakeAttachment.envelope(1, "one")));
    server.say(ServerFrame.newBuilder().addEnvelopes(FakeAttachment.envelope(2, "lost")));
    server.say(notice(2, 2));
    stage.heard.next(ConversationEvent.Message.class);
    stage.heard.next(ConversationEvent.Message.class);
    stage.heard.next(ConversationEvent.Receipt.class);
    server.say(
        ServerFrame.newBuilder()
            .setReset(
                Reset.newBuilder()
                    .setReason(Reset.Reason.REASON_LOG_DIVERGED)
                    .setResumeAt(FakeAttachment.at(1))));

    server.say(notice(2, 1));

    stage.heard.next(ConversationEvent.Reset.class);
    assertThat(stage.heard.next(ConversationEvent.Receipt.class))
        .as("the second is another one now")
        .isEqualTo(new ConversationEvent.Receipt(2, 2, 1));
  }

  @ParameterizedTest
  @EnumSource(Face.class)
  void whetherWhatIsReadIsToldIsSaidWhenEntering(Face face) {
    stage = new Stage(face);
    assertThat(stage.fake.sessions.next().enter().getReadReceipts())
        .isEqualTo(ReadReceipts.READ_RECEIPTS_SHOWN);
  }

  private ReceiptUpdate receipt(FakeAttachment server) {
    return stage.fake.door.face() == Face.NATIVE
        ? server.receipt()
        : Awaited.from(stage.fake.sessions.receipts, "a receipt");
  }

  private static ReceiptUpdate update(int delivered, int read) {
    return ReceiptUpdate.newBuilder().setDeliveredOffset(delivered).setReadOffset(read).build();
  }

  private static ServerFrame.Builder notice(int delivered, int read) {
    return ServerFrame.newBuilder()
        .setReceipt(
            ReceiptNotice.newBuilder()
                .setMemberId(2)
                .setDeliveredOffset(delivered)
                .setReadOffset(read));
  }

  private static void enter(FakeAttachment server, int tip, ReceiptNotice... receipts) {
    server.say(entered(tip, receipts));
    server.say(
        ServerFrame.newBuilder()
            .setCaughtUp(CaughtUp.newBuilder().setPosition(FakeAttachment.at(tip))));
  }

  private static ServerFrame.Builder entered(int tip, ReceiptNotice... receipts) {
    Entered.Builder entered =
        Entered.newBuilder()
            .setMemberId(1)
            .setAttachment(1)
            .setNextSequence(1)
            .setTip(FakeAttachment.at(tip));
    for (ReceiptNotice receipt : receipts) {
      entered.addReceipts(receipt);
    }
    return ServerFrame.newBuilder().setEntered(entered);
  }
}
