package parley.bench;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import parley.proto.session.v1.ClientFrame;
import parley.proto.session.v1.Enter;
import parley.proto.session.v1.HeartbeatAnswer;
import parley.proto.session.v1.ServerFrame;
import parley.proto.session.v1.SessionServiceGrpc.SessionServiceStub;
import parley.proto.session.v1.Text;

/// One member of one pair: sends a text for each that arrives, so that as many texts stay on their
/// way in a pair as were served at first. Counts what is delivered to it.
final class PingPong implements StreamObserver<ServerFrame> {
  private final LongAdder delivered;
  private final String text;
  private final CompletableFuture<Void> entered = new CompletableFuture<>();

  @GuardedBy("this")
  private @Nullable StreamObserver<ClientFrame> up;

  @GuardedBy("this")
  private int sequence;

  private PingPong(String text, LongAdder delivered) {
    this.text = text;
    this.delivered = delivered;
  }

  /// Opens the stream and asks to enter.
  static PingPong enter(SessionServiceStub stub, Enter enter, String text, LongAdder delivered) {
    PingPong member = new PingPong(text, delivered);
    synchronized (member) {
      member.up = stub.converse(member);
      member.up.onNext(ClientFrame.newBuilder().setEnter(enter).build());
    }
    return member;
  }

  /// Completes when the server has let this member in; fails with what ended the stream before.
  CompletableFuture<Void> entered() {
    return entered;
  }

  /// Sends so many texts more.
  synchronized void serve(int texts) {
    for (int i = 0; i < texts; i++) {
      send(
          ClientFrame.newBuilder()
              .setText(Text.newBuilder().setSequence(++sequence).setText(text))
              .build());
    }
  }

  @Override
  public void onNext(ServerFrame frame) {
    int texts = frame.getEnvelopesCount();
    if (texts > 0) {
      delivered.add(texts);
      serve(texts);
    }
    switch (frame.getEventCase()) {
      case ENTERED -> entered.complete(null);
      case HEARTBEAT ->
          send(
              ClientFrame.newBuilder()
                  .setHeartbeatAnswer(HeartbeatAnswer.getDefaultInstance())
                  .build());
      case END -> entered.completeExceptionally(new IllegalStateException("ended: " + frame));
      default -> {}
    }
  }

  @Override
  public void onError(Throwable cut) {
    entered.completeExceptionally(cut);
  }

  @Override
  public void onCompleted() {
    entered.completeExceptionally(new IllegalStateException("the stream ended"));
  }

  private synchronized void send(ClientFrame frame) {
    if (up != null) {
      up.onNext(frame);
    }
  }
}
