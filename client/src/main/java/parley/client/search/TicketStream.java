package parley.client.search;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import org.jspecify.annotations.Nullable;
import parley.client.call.Loop;
import parley.proto.match.v1.FindPeerRequest;
import parley.proto.match.v1.FindPeerResponse;

/// One FindPeer stream, handed over to the search's thread message by message.
final class TicketStream implements ClientResponseObserver<FindPeerRequest, FindPeerResponse> {
  private final Loop loop;
  private final Events events;
  private volatile @Nullable ClientCallStreamObserver<FindPeerRequest> call;

  TicketStream(Loop loop, Events events) {
    this.loop = loop;
    this.events = events;
  }

  void cancel() {
    ClientCallStreamObserver<FindPeerRequest> current = call;
    if (current != null) {
      current.cancel("let go", null);
    }
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<FindPeerRequest> started) {
    call = started;
  }

  @Override
  public void onNext(FindPeerResponse response) {
    loop.post(() -> events.message(this, response));
  }

  @Override
  public void onError(Throwable fault) {
    Status status = Status.fromThrowable(fault);
    Metadata trailers = Status.trailersFromThrowable(fault);
    loop.post(() -> events.ended(this, status, trailers));
  }

  @Override
  public void onCompleted() {
    loop.post(() -> events.ended(this, Status.UNAVAILABLE, null));
  }

  /// Called on the search's thread.
  interface Events {
    void message(TicketStream from, FindPeerResponse response);

    /// Not called after an ending event was acted on.
    void ended(TicketStream from, Status status, @Nullable Metadata trailers);
  }
}
