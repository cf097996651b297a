package parley.bot;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import parley.proto.domain.v1.MemberKind;
import parley.proto.domain.v1.Position;
import parley.proto.session.v1.CaughtUp;
import parley.proto.session.v1.ClientFrame;
import parley.proto.session.v1.End;
import parley.proto.session.v1.EndReason;
import parley.proto.session.v1.Enter;
import parley.proto.session.v1.Entered;
import parley.proto.session.v1.Envelope;
import parley.proto.session.v1.Next;
import parley.proto.session.v1.ServerFrame;
import parley.proto.session.v1.Stored;
import parley.proto.session.v1.TextOutcome;
import parley.testing.Eventually;

/// One attachment of an AI peer, as session-svc would hold it: texts are stored as they come.
final class FakeSession {
  final List<String> said = new CopyOnWriteArrayList<>();
  final List<ClientFrame> frames = new CopyOnWriteArrayList<>();
  final String authorization;
  private final StreamObserver<ServerFrame> down;
  private final AtomicInteger offset = new AtomicInteger();
  private volatile Enter enter = Enter.getDefaultInstance();
  private volatile boolean gone;

  FakeSession(StreamObserver<ServerFrame> down, String authorization) {
    this.down = down;
    this.authorization = authorization;
  }

  Enter enter() {
    return enter;
  }

  StreamObserver<ClientFrame> up(Runnable entered) {
    return new StreamObserver<>() {
      @Override
      public void onNext(ClientFrame frame) {
        frames.add(frame);
        if (frame.hasEnter()) {
          enter = frame.getEnter();
          entered.run();
        } else if (frame.hasText()) {
          store(frame);
        } else if (frame.hasLeave()) {
          end(EndReason.END_REASON_YOU_LEFT);
        }
      }

      @Override
      public void onError(Throwable fault) {
        gone = true;
      }

      @Override
      public void onCompleted() {
        gone = true;
      }
    };
  }

  /// Lets the AI peer in, whose log stands at this offset.
  FakeSession letIn(int nextSequence, int tip) {
    offset.set(tip);
    tell(
        ServerFrame.newBuilder()
            .setEntered(
                Entered.newBuilder()
                    .setMemberId(2)
                    .setAttachment(1)
                    .setPass(ByteString.copyFromUtf8("pass"))
                    .setNextSequence(nextSequence)
                    .setTip(at(tip))));
    tell(ServerFrame.newBuilder().setCaughtUp(CaughtUp.newBuilder().setPosition(at(tip))));
    return this;
  }

  /// The person writes.
  void write(String text) {
    tell(
        ServerFrame.newBuilder()
            .addEnvelopes(
                Envelope.newBuilder()
                    .setPosition(at(offset.incrementAndGet()))
                    .setMemberId(1)
                    .setKind(MemberKind.MEMBER_KIND_PERSON)
                    .setText(text)));
  }

  void end(EndReason reason) {
    tell(
        ServerFrame.newBuilder()
            .setEnd(End.newBuilder().setReason(reason).setNext(Next.NEXT_STOP)));
    down.onCompleted();
  }

  void cut() {
    down.onError(Status.UNAVAILABLE.asRuntimeException());
  }

  boolean isGone() {
    return gone;
  }

  /// Waits for so many texts.
  List<String> awaitSaid(int count) {
    Eventually.holds(count + " texts are said", () -> said.size() >= count);
    return List.copyOf(said);
  }

  private void store(ClientFrame frame) {
    said.add(frame.getText().getText());
    tell(
        ServerFrame.newBuilder()
            .addOutcomes(
                TextOutcome.newBuilder()
                    .setSequence(frame.getText().getSequence())
                    .setStored(Stored.newBuilder().setPosition(at(offset.incrementAndGet())))));
  }

  private synchronized void tell(ServerFrame.Builder frame) {
    down.onNext(frame.build());
  }

  private static Position at(int offset) {
    return Position.newBuilder().setEpoch(1).setOffset(offset).setCheck(offset * 7).build();
  }
}
