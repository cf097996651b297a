package parley.client.conversation;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import org.jspecify.annotations.Nullable;
import parley.client.call.Loop;
import parley.proto.session.v1.ServerFrame;

/// The stream down, handed over to the conversation's thread frame by frame. No more than a window
/// of frames waits for a slow listener; what is beyond waits at the server.
final class FrameStream<Q> implements ClientResponseObserver<Q, ServerFrame> {
  private static final int WINDOW = 32;

  private final Loop loop;
  private final MemberLink link;
  private final MemberLink.Events events;
  private volatile @Nullable ClientCallStreamObserver<Q> call;

  FrameStream(Loop loop, MemberLink link, MemberLink.Events events) {
    this.loop = loop;
    this.link = link;
    this.events = events;
  }

  void more() {
    ClientCallStreamObserver<Q> current = call;
    if (current != null) {
      current.request(1);
    }
  }

  void cut() {
    ClientCallStreamObserver<Q> current = call;
    if (current != null) {
      current.cancel("let go", null);
    }
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<Q> started) {
    call = started;
    started.disableAutoRequestWithInitial(WINDOW);
  }

  @Override
  public void onNext(ServerFrame frame) {
    loop.post(() -> events.frame(link, frame));
  }

  @Override
  public void onError(Throwable fault) {
    Status status = Status.fromThrowable(fault);
    Metadata trailers = Status.trailersFromThrowable(fault);
    loop.post(() -> events.stopped(link, status, trailers));
  }

  @Override
  public void onCompleted() {
    loop.post(
        () ->
            events.stopped(link, Status.UNAVAILABLE.withDescription("stopped without end"), null));
  }
}
