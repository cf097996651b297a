package parley.chat;

import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import parley.proto.domain.v1.MemberKind;
import parley.proto.domain.v1.Position;
import parley.proto.session.v1.BlockMemberRequest;
import parley.proto.session.v1.BlockMemberResponse;
import parley.proto.session.v1.CaughtUp;
import parley.proto.session.v1.ClientFrame;
import parley.proto.session.v1.End;
import parley.proto.session.v1.EndReason;
import parley.proto.session.v1.Enter;
import parley.proto.session.v1.Entered;
import parley.proto.session.v1.Envelope;
import parley.proto.session.v1.ListMessagesRequest;
import parley.proto.session.v1.ListMessagesResponse;
import parley.proto.session.v1.Member;
import parley.proto.session.v1.MemberBlocked;
import parley.proto.session.v1.MemberReported;
import parley.proto.session.v1.MessagePage;
import parley.proto.session.v1.Next;
import parley.proto.session.v1.PeerTyping;
import parley.proto.session.v1.Presence;
import parley.proto.session.v1.ReceiptNotice;
import parley.proto.session.v1.ReceiptUpdate;
import parley.proto.session.v1.ReportMemberRequest;
import parley.proto.session.v1.ReportMemberResponse;
import parley.proto.session.v1.ServerFrame;
import parley.proto.session.v1.SessionServiceGrpc;
import parley.proto.session.v1.Stored;
import parley.proto.session.v1.TextOutcome;
import parley.proto.session.v1.TooLong;

/// A peer who reads and repeats what it hears. `bye` makes it leave, `later` makes it answer a
/// little later and then leave, `long` is too long for the server, `bell` rings; typing makes it
/// write, too.
final class FakePeer extends SessionServiceGrpc.SessionServiceImplBase {
  private static final int LITTLE_LATER_MS = 150;

  final List<Enter> entries = new CopyOnWriteArrayList<>();
  final List<ReceiptUpdate> receipts = new CopyOnWriteArrayList<>();
  final List<ReportMemberRequest> reports = new CopyOnWriteArrayList<>();
  final List<String> cursors = new CopyOnWriteArrayList<>();
  private volatile StreamObserver<ServerFrame> last;

  @Override
  public StreamObserver<ClientFrame> converse(StreamObserver<ServerFrame> down) {
    last = down;
    return new Talk(down);
  }

  /// The end of the stream comes before the answer.
  @Override
  public void blockMember(BlockMemberRequest request, StreamObserver<BlockMemberResponse> caller) {
    end(last, EndReason.END_REASON_YOU_LEFT);
    CompletableFuture.delayedExecutor(LITTLE_LATER_MS, TimeUnit.MILLISECONDS)
        .execute(
            () -> {
              caller.onNext(
                  BlockMemberResponse.newBuilder()
                      .setBlocked(MemberBlocked.getDefaultInstance())
                      .build());
              caller.onCompleted();
            });
  }

  @Override
  public void reportMember(
      ReportMemberRequest request, StreamObserver<ReportMemberResponse> caller) {
    reports.add(request);
    caller.onNext(
        ReportMemberResponse.newBuilder().setReported(MemberReported.getDefaultInstance()).build());
    caller.onCompleted();
  }

  @Override
  public void listMessages(
      ListMessagesRequest request, StreamObserver<ListMessagesResponse> caller) {
    cursors.add(request.getCursor());
    MessagePage.Builder page = MessagePage.newBuilder();
    if (request.getCursor().isEmpty()) {
      page.setOlderCursor("back").addEnvelopes(envelope(2, "newest"));
    } else {
      page.setNewerCursor("forth").addEnvelopes(envelope(1, "oldest"));
    }
    caller.onNext(ListMessagesResponse.newBuilder().setPage(page).build());
    caller.onCompleted();
  }

  private static Envelope envelope(int offset, String text) {
    return Envelope.newBuilder()
        .setPosition(at(offset))
        .setMemberId(2)
        .setKind(MemberKind.MEMBER_KIND_PERSON)
        .setText(text)
        .build();
  }

  private static void enter(StreamObserver<ServerFrame> down) {
    down.onNext(
        ServerFrame.newBuilder()
            .setEntered(
                Entered.newBuilder()
                    .setSessionId("s".repeat(22))
                    .setMemberId(1)
                    .addMembers(
                        Member.newBuilder()
                            .setMemberId(2)
                            .setKind(MemberKind.MEMBER_KIND_PERSON)
                            .setPresence(Presence.PRESENCE_HERE))
                    .setNextSequence(1)
                    .setPass(ByteString.copyFromUtf8("pass"))
                    .setTip(at(0)))
            .build());
    down.onNext(
        ServerFrame.newBuilder().setCaughtUp(CaughtUp.newBuilder().setPosition(at(0))).build());
  }

  private static void end(StreamObserver<ServerFrame> down, EndReason reason) {
    down.onNext(
        ServerFrame.newBuilder()
            .setEnd(End.newBuilder().setReason(reason).setNext(Next.NEXT_STOP))
            .build());
    down.onCompleted();
  }

  private static Position at(int offset) {
    return Position.newBuilder().setEpoch(1).setOffset(offset).setCheck(offset).build();
  }

  /// One stream.
  private final class Talk implements StreamObserver<ClientFrame> {
    private final StreamObserver<ServerFrame> down;
    private int offset;

    Talk(StreamObserver<ServerFrame> down) {
      this.down = down;
    }

    @Override
    public void onNext(ClientFrame frame) {
      switch (frame.getFrameCase()) {
        case ENTER -> {
          entries.add(frame.getEnter());
          enter(down);
        }
        case RECEIPT -> receipts.add(frame.getReceipt());
        case TEXT -> hear(frame.getText().getSequence(), frame.getText().getText());
        case TYPING ->
            down.onNext(
                ServerFrame.newBuilder().setTyping(PeerTyping.newBuilder().setMemberId(2)).build());
        case LEAVE -> end(down, EndReason.END_REASON_YOU_LEFT);
        default -> throw new IllegalStateException("unexpected " + frame);
      }
    }

    private void hear(int sequence, String text) {
      TextOutcome.Builder outcome = TextOutcome.newBuilder().setSequence(sequence);
      if (text.equals("long")) {
        outcome.setTooLong(TooLong.getDefaultInstance());
      } else {
        outcome.setStored(Stored.newBuilder().setPosition(at(++offset)));
      }
      down.onNext(ServerFrame.newBuilder().addOutcomes(outcome).build());
      down.onNext(
          ServerFrame.newBuilder()
              .setReceipt(
                  ReceiptNotice.newBuilder()
                      .setMemberId(2)
                      .setDeliveredOffset(offset)
                      .setReadOffset(offset))
              .build());
      switch (text) {
        case "bye" -> end(down, EndReason.END_REASON_LEFT);
        case "later" ->
            CompletableFuture.delayedExecutor(LITTLE_LATER_MS, TimeUnit.MILLISECONDS)
                .execute(
                    () -> {
                      say("now");
                      end(down, EndReason.END_REASON_LEFT);
                    });
        case "bell" -> say("\u001b[31m\u0007ding\u202e");
        case "long" -> {
          // Nobody hears it.
        }
        default -> say("you said " + text);
      }
    }

    private void say(String text) {
      down.onNext(ServerFrame.newBuilder().addEnvelopes(envelope(++offset, text)).build());
    }

    @Override
    public void onError(Throwable gone) {}

    @Override
    public void onCompleted() {}
  }
}
