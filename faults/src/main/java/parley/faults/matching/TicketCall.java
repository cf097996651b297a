package parley.faults.matching;

import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import parley.proto.match.v1.FindPeerRequest;
import parley.proto.match.v1.FindPeerResponse;

/// One stream of FindPeer; what comes goes into the queue of who asked.
final class TicketCall implements ClientResponseObserver<FindPeerRequest, FindPeerResponse> {
  private final BlockingQueue<Event> events;
  private volatile @Nullable ClientCallStreamObserver<FindPeerRequest> call;
  private volatile boolean dropped;

  /// @param response nothing at the end of the stream
  /// @param end why it ended; empty if it did as it should
  record Event(TicketCall from, @Nullable FindPeerResponse response, String end) {}

  TicketCall(BlockingQueue<Event> events) {
    this.events = events;
  }

  /// Without a word, as a closed tab does.
  void drop() {
    dropped = true;
    ClientCallStreamObserver<FindPeerRequest> started = call;
    if (started != null) {
      started.cancel("closed tab", null);
    }
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<FindPeerRequest> started) {
    call = started;
    if (dropped) {
      started.cancel("closed tab", null);
    }
  }

  @Override
  public void onNext(FindPeerResponse response) {
    events.add(new Event(this, response, ""));
  }

  @Override
  public void onError(Throwable broken) {
    events.add(new Event(this, null, String.valueOf(broken.getMessage())));
  }

  @Override
  public void onCompleted() {
    events.add(new Event(this, null, ""));
  }
}
