package parley.client.fake;

import com.google.protobuf.ByteString;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import parley.proto.domain.v1.Position;
import parley.proto.session.v1.CaughtUp;
import parley.proto.session.v1.ClientFrame;
import parley.proto.session.v1.End;
import parley.proto.session.v1.EndReason;
import parley.proto.session.v1.Enter;
import parley.proto.session.v1.Entered;
import parley.proto.session.v1.Envelope;
import parley.proto.session.v1.Next;
import parley.proto.session.v1.ReceiptUpdate;
import parley.proto.session.v1.ServerFrame;
import parley.proto.session.v1.Stored;
import parley.proto.session.v1.Text;
import parley.proto.session.v1.TextOutcome;

/// The server's end of one attachment, as a test plays it. Receipts come when they come, and so are
/// kept apart from other frames.
public record FakeAttachment(
    Enter enter,
    String authorization,
    String session,
    ServerCallStreamObserver<ServerFrame> down,
    BlockingQueue<ClientFrame> frames,
    BlockingQueue<ReceiptUpdate> receipts,
    CountDownLatch gone) {
  static FakeAttachment over(ServerCallStreamObserver<ServerFrame> down) {
    CountDownLatch gone = new CountDownLatch(1);
    down.setOnCancelHandler(gone::countDown);
    return new FakeAttachment(
        Enter.getDefaultInstance(),
        HeadersSeen.header("authorization"),
        HeadersSeen.header("x-parley-session"),
        down,
        new LinkedBlockingQueue<>(),
        new LinkedBlockingQueue<>(),
        gone);
  }

  FakeAttachment entering(Enter how) {
    return new FakeAttachment(how, authorization, session, down, frames, receipts, gone);
  }

  public static Position at(int offset) {
    return Position.newBuilder().setEpoch(1).setOffset(offset).setCheck(offset * 7).build();
  }

  public static Envelope envelope(int offset, String text) {
    return Envelope.newBuilder().setPosition(at(offset)).setMemberId(2).setText(text).build();
  }

  public static TextOutcome stored(int sequence, int offset) {
    return TextOutcome.newBuilder()
        .setSequence(sequence)
        .setStored(Stored.newBuilder().setPosition(at(offset)))
        .build();
  }

  /// Lets the member in, and tells it that it has everything up to the tip.
  public FakeAttachment letIn(int nextSequence, int tip) {
    entered(nextSequence, tip);
    caughtUp(tip);
    return this;
  }

  public void entered(int nextSequence, int tip) {
    say(
        ServerFrame.newBuilder()
            .setEntered(
                Entered.newBuilder()
                    .setMemberId(1)
                    .setAttachment(1)
                    .setPass(ByteString.copyFromUtf8("pass"))
                    .setNextSequence(nextSequence)
                    .setTip(at(tip))));
  }

  public void caughtUp(int tip) {
    say(ServerFrame.newBuilder().setCaughtUp(CaughtUp.newBuilder().setPosition(at(tip))));
  }

  public void say(ServerFrame.Builder frame) {
    down.onNext(frame.build());
  }

  public void outcome(TextOutcome.Builder outcome) {
    say(ServerFrame.newBuilder().addOutcomes(outcome));
  }

  public void end(EndReason reason, Next next) {
    say(ServerFrame.newBuilder().setEnd(End.newBuilder().setReason(reason).setNext(next)));
    down.onCompleted();
  }

  public void cut(Status status) {
    down.onError(status.asRuntimeException());
  }

  public void cut(Status status, Metadata trailers) {
    down.onError(status.asRuntimeException(trailers));
  }

  public ClientFrame frame() {
    return Awaited.from(frames, "a frame");
  }

  public ReceiptUpdate receipt() {
    return Awaited.from(receipts, "a receipt");
  }

  public Text text() {
    return frame().getText();
  }
}
