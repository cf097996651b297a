package parley.match.api;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Set;
import java.util.TreeSet;
import parley.domain.CorrelationId;
import parley.domain.Principal;
import parley.match.core.Ending;
import parley.match.core.HeldTicket;
import parley.match.core.Ticket;
import parley.match.core.TicketId;
import parley.match.core.TicketOwner;
import parley.platform.auth.CallerInterceptor;
import parley.platform.grpc.Correlation;
import parley.platform.grpc.Failures;
import parley.platform.grpc.UnaryCalls;
import parley.proto.match.v1.AnswerProposalRequest;
import parley.proto.match.v1.AnswerProposalResponse;
import parley.proto.match.v1.CancelTicketRequest;
import parley.proto.match.v1.CancelTicketResponse;
import parley.proto.match.v1.CurrentSession;
import parley.proto.match.v1.CurrentTicket;
import parley.proto.match.v1.EstimateWaitRequest;
import parley.proto.match.v1.EstimateWaitResponse;
import parley.proto.match.v1.FindPeerRequest;
import parley.proto.match.v1.FindPeerResponse;
import parley.proto.match.v1.GetCurrentRequest;
import parley.proto.match.v1.GetCurrentResponse;
import parley.proto.match.v1.KeepWaitingRequest;
import parley.proto.match.v1.KeepWaitingResponse;
import parley.proto.match.v1.Kept;
import parley.proto.match.v1.MatchServiceGrpc.MatchServiceImplBase;
import parley.proto.match.v1.NewTicket;
import parley.proto.match.v1.NoSuchTicket;
import parley.proto.match.v1.Nothing;
import parley.proto.match.v1.TicketCancelled;
import parley.proto.match.v1.TicketNotWaiting;
import parley.proto.match.v1.UnknownIntent;

/// The public calls. A ticket that is not the caller's answers like one that does not exist,
/// because it is looked up by the caller.
public final class MatchEndpoint extends MatchServiceImplBase {
  private final TicketOwner owner;
  private final FindPeerStreams streams;
  private final Entrance entrance;
  private final Set<String> intents;
  private final UnaryCalls calls;

  /// @param intents the pools of this server
  public MatchEndpoint(
      TicketOwner owner,
      FindPeerStreams streams,
      Entrance entrance,
      Set<String> intents,
      UnaryCalls calls) {
    this.owner = owner;
    this.streams = streams;
    this.entrance = entrance;
    this.intents = new TreeSet<>(intents);
    this.calls = calls;
  }

  @Override
  public void findPeer(FindPeerRequest request, StreamObserver<FindPeerResponse> caller) {
    entrance.checkOpen();
    Principal who = CallerInterceptor.caller();
    ServerCallStreamObserver<FindPeerResponse> call =
        (ServerCallStreamObserver<FindPeerResponse>) caller;
    if (request.hasTicketId()) {
      TicketId id = ticketId(request.getTicketId());
      streams.open(call, who, stream -> owner.takeUp(who.cohort(), who.participant(), id, stream));
    } else if (isUnknown(request.getNewTicket())) {
      caller.onNext(
          FindPeerResponse.newBuilder()
              .setUnknownIntent(UnknownIntent.newBuilder().addAllIntents(intents))
              .build());
      caller.onCompleted();
    } else {
      Ticket ticket = ticket(request.getNewTicket(), who, Correlation.current());
      streams.open(call, who, stream -> owner.make(ticket, stream));
    }
  }

  @Override
  public void keepWaiting(KeepWaitingRequest request, StreamObserver<KeepWaitingResponse> caller) {
    TicketId id = ticketId(request.getTicketId());
    calls.answer(
        caller,
        () -> {
          Principal who = CallerInterceptor.caller();
          return EndingFailures.calling(
              () -> kept(owner.keep(who.cohort(), who.participant(), id)));
        });
  }

  @Override
  public void cancelTicket(
      CancelTicketRequest request, StreamObserver<CancelTicketResponse> caller) {
    TicketId id = ticketId(request.getTicketId());
    calls.answer(
        caller,
        () -> {
          Principal who = CallerInterceptor.caller();
          return EndingFailures.calling(
              () -> cancelled(owner.cancel(who.cohort(), who.participant(), id)));
        });
  }

  @Override
  public void getCurrent(GetCurrentRequest request, StreamObserver<GetCurrentResponse> caller) {
    calls.answer(
        caller,
        () -> {
          Principal who = CallerInterceptor.caller();
          return EndingFailures.calling(
              () ->
                  owner
                      .current(who.cohort(), who.participant())
                      .map(MatchEndpoint::current)
                      .orElseGet(MatchEndpoint::nothing));
        });
  }

  @Override
  public void answerProposal(
      AnswerProposalRequest request, StreamObserver<AnswerProposalResponse> caller) {
    throw Failures.unimplemented();
  }

  @Override
  public void estimateWait(
      EstimateWaitRequest request, StreamObserver<EstimateWaitResponse> caller) {
    throw Failures.unimplemented();
  }

  private boolean isUnknown(NewTicket wish) {
    return !intents.contains(CriteriaMapper.intent(wish.getCriteria()));
  }

  private static Ticket ticket(NewTicket wish, Principal who, CorrelationId correlation) {
    return new Ticket(
        TicketId.of(who.participant(), wish.getRequestId()),
        who.participant(),
        who.device(),
        who.cohort(),
        who.gender(),
        CriteriaMapper.map(wish.getCriteria()),
        correlation);
  }

  private static TicketId ticketId(String text) {
    try {
      return new TicketId(text);
    } catch (IllegalArgumentException wrong) {
      throw Failures.invalid(
          "ticket_id", String.valueOf(wrong.getMessage()), "an id from TicketAccepted");
    }
  }

  private static KeepWaitingResponse kept(Ending ending) {
    KeepWaitingResponse.Builder response = KeepWaitingResponse.newBuilder();
    switch (ending) {
      case Ending.Done _ -> response.setKept(Kept.getDefaultInstance());
      case Ending.NotWaiting other -> response.setNotWaiting(notWaiting(other));
      case Ending.NoTicket _ -> response.setNoSuchTicket(NoSuchTicket.getDefaultInstance());
    }
    return response.build();
  }

  private static CancelTicketResponse cancelled(Ending ending) {
    CancelTicketResponse.Builder response = CancelTicketResponse.newBuilder();
    switch (ending) {
      case Ending.Done _ -> response.setCancelled(TicketCancelled.getDefaultInstance());
      case Ending.NotWaiting other -> response.setNotWaiting(notWaiting(other));
      case Ending.NoTicket _ -> response.setNoSuchTicket(NoSuchTicket.getDefaultInstance());
    }
    return response.build();
  }

  private static TicketNotWaiting notWaiting(Ending.NotWaiting other) {
    return TicketNotWaiting.newBuilder().setState(EventMapper.state(other.state())).build();
  }

  private static GetCurrentResponse current(HeldTicket held) {
    GetCurrentResponse.Builder response = GetCurrentResponse.newBuilder();
    String ticket = held.ticket().id().text();
    return switch (held.state()) {
      case WAITING, PARKED ->
          response
              .setTicket(
                  CurrentTicket.newBuilder()
                      .setTicketId(ticket)
                      .setState(EventMapper.state(held.state())))
              .build();
      case MATCHED, MET ->
          held.session() == null
              ? nothing()
              : response
                  .setSession(
                      CurrentSession.newBuilder()
                          .setTicketId(ticket)
                          .setSessionId(held.session().text()))
                  .build();
      case CANCELLED, EXPIRED -> nothing();
    };
  }

  private static GetCurrentResponse nothing() {
    return GetCurrentResponse.newBuilder().setNothing(Nothing.getDefaultInstance()).build();
  }
}
