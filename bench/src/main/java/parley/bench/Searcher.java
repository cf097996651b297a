package parley.bench;

import io.grpc.CallCredentials;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import parley.proto.match.v1.Criteria;
import parley.proto.match.v1.FindPeerRequest;
import parley.proto.match.v1.FindPeerResponse;
import parley.proto.match.v1.MatchServiceGrpc.MatchServiceStub;
import parley.proto.match.v1.NewTicket;

/// One call of FindPeer, until it is matched.
final class Searcher implements StreamObserver<FindPeerResponse> {
  private static final int PATIENCE_SECONDS = 30;

  private final CompletableFuture<String> ticket = new CompletableFuture<>();
  private final CompletableFuture<String> session = new CompletableFuture<>();

  private Searcher() {}

  static Searcher start(MatchServiceStub node, CallCredentials who, String request, Criteria wish) {
    Searcher searcher = new Searcher();
    node.withCallCredentials(who)
        .findPeer(
            FindPeerRequest.newBuilder()
                .setNewTicket(NewTicket.newBuilder().setRequestId(request).setCriteria(wish))
                .build(),
            searcher);
    return searcher;
  }

  void awaitTicket() {
    var _ = ticket.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  String awaitSession() {
    return session.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  @Override
  public void onNext(FindPeerResponse event) {
    if (event.hasAccepted()) {
      ticket.complete(event.getAccepted().getTicketId());
    } else if (event.hasMatched()) {
      session.complete(event.getMatched().getSessionId());
    } else if (!event.hasWaiting()) {
      onError(new IllegalStateException("FindPeer ended with " + event));
    }
  }

  @Override
  public void onError(Throwable broken) {
    ticket.completeExceptionally(broken);
    session.completeExceptionally(broken);
  }

  @Override
  public void onCompleted() {
    onError(new IllegalStateException("FindPeer ended without a match"));
  }
}
