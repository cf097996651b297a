package parley.client.fake;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import parley.proto.match.v1.AnswerProposalRequest;
import parley.proto.match.v1.AnswerProposalResponse;
import parley.proto.match.v1.CancelTicketRequest;
import parley.proto.match.v1.CancelTicketResponse;
import parley.proto.match.v1.FindPeerRequest;
import parley.proto.match.v1.FindPeerResponse;
import parley.proto.match.v1.KeepWaitingRequest;
import parley.proto.match.v1.KeepWaitingResponse;
import parley.proto.match.v1.Kept;
import parley.proto.match.v1.MatchServiceGrpc;
import parley.proto.match.v1.ProposalAnswered;
import parley.proto.match.v1.TicketCancelled;

/// Hands every FindPeer stream to the test.
public final class FakeMatchService extends MatchServiceGrpc.MatchServiceImplBase {
  public final BlockingQueue<Search> searches = new LinkedBlockingQueue<>();
  public final BlockingQueue<KeepWaitingRequest> kept = new LinkedBlockingQueue<>();
  public final BlockingQueue<CancelTicketRequest> cancelled = new LinkedBlockingQueue<>();

  public final BlockingQueue<AnswerProposalRequest> answers = new LinkedBlockingQueue<>();

  /// What KeepWaiting answers.
  public volatile KeepWaitingResponse keepAnswer =
      KeepWaitingResponse.newBuilder().setKept(Kept.getDefaultInstance()).build();

  /// KeepWaiting is answered one by one, when this lets them.
  public final Semaphore mayAnswerKept = new Semaphore(Integer.MAX_VALUE / 2);

  public Search next() {
    return Awaited.from(searches, "a search");
  }

  @Override
  public void findPeer(FindPeerRequest request, StreamObserver<FindPeerResponse> caller) {
    Search search =
        new Search(
            request,
            HeadersSeen.header("authorization"),
            HeadersSeen.header("x-correlation-id"),
            caller,
            new CountDownLatch(1));
    ((ServerCallStreamObserver<FindPeerResponse>) caller)
        .setOnCancelHandler(search.gone()::countDown);
    searches.add(search);
  }

  @Override
  public void keepWaiting(KeepWaitingRequest request, StreamObserver<KeepWaitingResponse> caller) {
    kept.add(request);
    mayAnswerKept.acquireUninterruptibly();
    caller.onNext(keepAnswer);
    caller.onCompleted();
  }

  @Override
  public void answerProposal(
      AnswerProposalRequest request, StreamObserver<AnswerProposalResponse> caller) {
    answers.add(request);
    caller.onNext(
        AnswerProposalResponse.newBuilder()
            .setAnswered(ProposalAnswered.getDefaultInstance())
            .build());
    caller.onCompleted();
  }

  @Override
  public void cancelTicket(
      CancelTicketRequest request, StreamObserver<CancelTicketResponse> caller) {
    cancelled.add(request);
    caller.onNext(
        CancelTicketResponse.newBuilder()
            .setCancelled(TicketCancelled.getDefaultInstance())
            .build());
    caller.onCompleted();
  }

  public record Search(
      FindPeerRequest request,
      String authorization,
      String correlation,
      StreamObserver<FindPeerResponse> down,
      CountDownLatch gone) {
    public void say(FindPeerResponse.Builder event) {
      down.onNext(event.build());
    }

    public void cut(Status status) {
      down.onError(status.asRuntimeException());
    }
  }
}
