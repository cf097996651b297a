package parley.client.conversation;

import com.google.protobuf.ByteString;
import java.util.List;
import parley.client.call.Face;
import parley.client.fake.FakeAttachment;
import parley.client.fake.FakeDoor;
import parley.client.identity.Identity;
import parley.proto.session.v1.OutOfOrder;
import parley.proto.session.v1.ReadReceipts;
import parley.proto.session.v1.TextOutcome;

/// One conversation with a fake server, just begun.
final class Stage implements AutoCloseable {
  final FakeDoor fake;
  final Identity me;
  final Heard heard = new Heard();
  final Conversation talk;

  Stage(Face face) {
    fake = new FakeDoor(face);
    me = fake.guest();
    talk = open(fresh());
  }

  static ConversationState fresh() {
    return new ConversationState(
        "s".repeat(22),
        new ConversationState.GrantToEnter(ByteString.copyFromUtf8("grant")),
        null,
        1,
        List.of(),
        0,
        "correlation",
        ReadReceipts.READ_RECEIPTS_SHOWN,
        null);
  }

  static TextOutcome.Builder outOfOrder(int sequence, int expected) {
    return TextOutcome.newBuilder()
        .setSequence(sequence)
        .setOutOfOrder(OutOfOrder.newBuilder().setExpected(expected));
  }

  Conversation open(ConversationState from) {
    return Conversation.open(fake.door, me, from, heard);
  }

  /// The member is in and has everything.
  FakeAttachment entered() {
    FakeAttachment server = fake.sessions.next().letIn(1, 0);
    heard.next(ConversationEvent.Entered.class);
    return server;
  }

  @Override
  public void close() {
    talk.close();
    me.close();
    fake.close();
  }
}
