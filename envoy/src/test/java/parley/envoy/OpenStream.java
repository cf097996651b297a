package parley.envoy;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import parley.proto.match.v1.FindPeerRequest;
import parley.proto.match.v1.MatchServiceGrpc;
import parley.proto.session.v1.ClientFrame;
import parley.proto.session.v1.HeartbeatAnswer;
import parley.proto.session.v1.SessionServiceGrpc;
import parley.testing.Eventually;

/// One open stream and what came over it.
final class OpenStream<Q, S> {
  private final ClientCall<Q, S> call;
  private final AtomicInteger received = new AtomicInteger();
  private final CompletableFuture<String> node = new CompletableFuture<>();
  private volatile @Nullable Status end;

  private OpenStream(ClientCall<Q, S> call) {
    this.call = call;
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onHeaders(Metadata headers) {
            node.complete(headers.get(EchoNode.NODE));
          }

          @Override
          public void onMessage(S message) {
            received.incrementAndGet();
            call.request(1);
          }

          @Override
          public void onClose(Status status, Metadata trailers) {
            end = status;
            node.completeExceptionally(status.asException());
          }
        },
        new Metadata());
    call.request(1);
  }

  /// A conversation that has answered once, so it is open at its node.
  static OpenStream<ClientFrame, ?> converse(NativeCaller app, Map<String, String> headers) {
    var stream = new OpenStream<>(app.open(SessionServiceGrpc.getConverseMethod(), headers));
    stream.echo();
    return stream;
  }

  static OpenStream<FindPeerRequest, ?> findPeer(NativeCaller app, Map<String, String> headers) {
    var stream = new OpenStream<>(app.open(MatchServiceGrpc.getFindPeerMethod(), headers));
    stream.call.sendMessage(FindPeerRequest.getDefaultInstance());
    stream.call.halfClose();
    Eventually.holds("the stream has its first message", () -> stream.received.get() == 1);
    return stream;
  }

  String node() {
    return node.join();
  }

  @Nullable Status end() {
    return end;
  }

  void cancel() {
    call.cancel("test is over", null);
  }

  /// Sends one frame and waits for its answer: the stream lives.
  void echo() {
    int before = received.get();
    @SuppressWarnings("unchecked")
    Q frame =
        (Q)
            ClientFrame.newBuilder()
                .setHeartbeatAnswer(HeartbeatAnswer.getDefaultInstance())
                .build();
    call.sendMessage(frame);
    Eventually.holds("the frame is answered", () -> received.get() == before + 1);
  }
}
