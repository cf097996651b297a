package parley.chat;

import com.google.protobuf.ByteString;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import parley.proto.domain.v1.MemberKind;
import parley.proto.identity.v1.CreateGuestRequest;
import parley.proto.identity.v1.CreateGuestResponse;
import parley.proto.identity.v1.Guest;
import parley.proto.identity.v1.GuestRefused;
import parley.proto.identity.v1.IdentityServiceGrpc;
import parley.proto.identity.v1.TermsOutdated;
import parley.proto.identity.v1.Tokens;
import parley.proto.identity.v1.UnderAge;
import parley.proto.match.v1.AnswerProposalRequest;
import parley.proto.match.v1.AnswerProposalResponse;
import parley.proto.match.v1.CancelTicketRequest;
import parley.proto.match.v1.CancelTicketResponse;
import parley.proto.match.v1.Criteria;
import parley.proto.match.v1.FindPeerRequest;
import parley.proto.match.v1.FindPeerResponse;
import parley.proto.match.v1.KeepWaitingRequest;
import parley.proto.match.v1.KeepWaitingResponse;
import parley.proto.match.v1.Kept;
import parley.proto.match.v1.Level;
import parley.proto.match.v1.MatchServiceGrpc;
import parley.proto.match.v1.Matched;
import parley.proto.match.v1.ProposalAnswer;
import parley.proto.match.v1.ProposalAnswered;
import parley.proto.match.v1.TicketAccepted;
import parley.proto.match.v1.TicketCancelled;
import parley.proto.match.v1.TicketNotWaiting;
import parley.proto.match.v1.WaitingUpdate;

/// A whole server on a port of its own: always there, always the same peer.
final class FakeParley implements AutoCloseable {
  final List<Criteria> wishes = new CopyOnWriteArrayList<>();
  volatile boolean somebodyIsThere = true;
  volatile boolean somebodyComesTooLate;
  volatile boolean tooYoung;

  final List<FindPeerRequest> searches = new CopyOnWriteArrayList<>();
  final List<KeepWaitingRequest> kept = new CopyOnWriteArrayList<>();
  final List<CancelTicketRequest> cancelled = new CopyOnWriteArrayList<>();
  volatile MemberKind kind = MemberKind.MEMBER_KIND_PERSON;
  volatile Consumer<ProposalAnswer> onAnswer = _ -> {};

  final FakePeer peer = new FakePeer();
  private final Server server;
  private final int port;

  FakeParley() throws IOException {
    this(null);
  }

  /// With somebody else to talk to.
  FakeParley(BindableService sessions) throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(new Identities())
            .addService(new Matches())
            .addService(sessions == null ? peer : sessions)
            .build()
            .start();
    port = server.getPort();
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private final class Identities extends IdentityServiceGrpc.IdentityServiceImplBase {
    @Override
    public void createGuest(
        CreateGuestRequest request, StreamObserver<CreateGuestResponse> caller) {
      CreateGuestResponse.Builder answer = CreateGuestResponse.newBuilder();
      if (tooYoung) {
        answer.setRefused(
            GuestRefused.newBuilder().setUnderAge(UnderAge.newBuilder().setMinimumAge(18)));
      } else if (request.getAcceptedTerms().isEmpty()) {
        answer.setRefused(
            GuestRefused.newBuilder()
                .setTermsOutdated(TermsOutdated.newBuilder().setCurrentTerms("v1")));
      } else {
        answer.setGuest(
            Guest.newBuilder()
                .setParticipantId("me")
                .setTokens(
                    Tokens.newBuilder()
                        .setAccessToken("token")
                        .setAccessExpiresIn(
                            com.google.protobuf.Duration.newBuilder().setSeconds(600))));
      }
      caller.onNext(answer.build());
      caller.onCompleted();
    }
  }

  private final class Matches extends MatchServiceGrpc.MatchServiceImplBase {
    private volatile StreamObserver<FindPeerResponse> searcher;

    @Override
    public void findPeer(FindPeerRequest request, StreamObserver<FindPeerResponse> caller) {
      searches.add(request);
      wishes.add(request.getNewTicket().getCriteria());
      caller.onNext(
          FindPeerResponse.newBuilder()
              .setAccepted(TicketAccepted.newBuilder().setTicketId("t".repeat(22)))
              .build());
      caller.onNext(
          FindPeerResponse.newBuilder()
              .setWaiting(WaitingUpdate.newBuilder().setLevel(Level.LEVEL_ANYONE).setPlace(1))
              .build());
      searcher = caller;
      if (somebodyIsThere) {
        find(caller);
      }
    }

    private void find(StreamObserver<FindPeerResponse> caller) {
      caller.onNext(
          FindPeerResponse.newBuilder()
              .setMatched(
                  Matched.newBuilder()
                      .setSessionId("s".repeat(22))
                      .setGrant(ByteString.copyFromUtf8("grant"))
                      .setPeerKind(kind)
                      .setKeepsLooking(kind == MemberKind.MEMBER_KIND_AI))
              .build());
      caller.onCompleted();
    }

    @Override
    public void keepWaiting(
        KeepWaitingRequest request, StreamObserver<KeepWaitingResponse> caller) {
      kept.add(request);
      caller.onNext(KeepWaitingResponse.newBuilder().setKept(Kept.getDefaultInstance()).build());
      caller.onCompleted();
    }

    @Override
    public void answerProposal(
        AnswerProposalRequest request, StreamObserver<AnswerProposalResponse> caller) {
      caller.onNext(
          AnswerProposalResponse.newBuilder()
              .setAnswered(ProposalAnswered.getDefaultInstance())
              .build());
      caller.onCompleted();
      onAnswer.accept(request.getAnswer());
    }

    @Override
    public void cancelTicket(
        CancelTicketRequest request, StreamObserver<CancelTicketResponse> caller) {
      cancelled.add(request);
      CancelTicketResponse.Builder answer = CancelTicketResponse.newBuilder();
      if (somebodyComesTooLate) {
        find(searcher);
        answer.setNotWaiting(TicketNotWaiting.getDefaultInstance());
      } else {
        answer.setCancelled(TicketCancelled.getDefaultInstance());
      }
      caller.onNext(answer.build());
      caller.onCompleted();
    }
  }
}
