package parley.match.api;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;
import parley.domain.CorrelationId;
import parley.domain.Principal;
import parley.domain.SessionId;
import parley.match.core.Companion;
import parley.match.core.Criteria;
import parley.match.core.Ending;
import parley.match.core.HeldTicket;
import parley.match.core.Pool;
import parley.match.core.Pools;
import parley.match.core.ProposalOutcome;
import parley.match.core.Sign;
import parley.match.core.Ticket;
import parley.match.core.TicketId;
import parley.match.core.TicketOwner;
import parley.match.core.Verdict;
import parley.platform.auth.CallerInterceptor;
import parley.platform.grpc.Correlation;
import parley.platform.grpc.Failures;
import parley.platform.grpc.UnaryCalls;
import parley.proto.match.v1.AiWelcome;
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
import parley.proto.match.v1.ProposalAnswer;
import parley.proto.match.v1.ProposalAnswered;
import parley.proto.match.v1.ProposalOver;
import parley.proto.match.v1.TicketCancelled;
import parley.proto.match.v1.TicketNotWaiting;
import parley.proto.match.v1.UnknownIntent;

/// The public calls. A ticket that is not the caller's answers like one that does not exist,
/// because it is looked up by the caller.
public final class MatchEndpoint extends MatchServiceImplBase {
  private final TicketOwner owner;
  private final FindPeerStreams streams;
  private final Entrance entrance;
  private final Supplier<Pools> pools;
  private final EventMapper mapper;
  private final UnaryCalls calls;

  /// @param pools of this server, the newest at each call
  public MatchEndpoint(
      TicketOwner owner,
      FindPeerStreams streams,
      Entrance entrance,
      Supplier<Pools> pools,
      EventMapper mapper,
      UnaryCalls calls) {
    this.owner = owner;
    this.streams = streams;
    this.entrance = entrance;
    this.pools = pools;
    this.mapper = mapper;
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
      return;
    }
    Ticket ticket = ticket(request.getNewTicket(), who, Correlation.current());
    if (pools.get().has(ticket.criteria().pool())) {
      streams.open(call, who, stream -> owner.make(ticket, stream));
    } else {
      UnknownIntent unknown = unknownIntent(ticket.criteria().pool());
      caller.onNext(FindPeerResponse.newBuilder().setUnknownIntent(unknown).build());
      caller.onCompleted();
    }
  }

  @Override
  public void keepWaiting(KeepWaitingRequest request, StreamObserver<KeepWaitingResponse> caller) {
    TicketId id = ticketId(request.getTicketId());
    Sign sign = request.getRelaxNow() ? Sign.RELAX_NOW : Sign.STILL_HERE;
    calls.answer(
        caller,
        () -> {
          Principal who = CallerInterceptor.caller();
          return EndingFailures.calling(
              () ->
                  kept(
                      request.getAiWelcome() == AiWelcome.AI_WELCOME_UNSPECIFIED
                          ? owner.keep(who.cohort(), who.participant(), id, sign)
                          : owner.keep(
                              who.cohort(),
                              who.participant(),
                              id,
                              sign,
                              MatchWords.welcome(request.getAiWelcome()))));
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
                      .map(this::current)
                      .orElseGet(MatchEndpoint::nothing));
        });
  }

  @Override
  public void answerProposal(
      AnswerProposalRequest request, StreamObserver<AnswerProposalResponse> caller) {
    SessionId proposal = new SessionId(request.getProposalId());
    Verdict verdict = verdict(request.getAnswer());
    calls.answer(
        caller,
        () -> {
          Principal who = CallerInterceptor.caller();
          return EndingFailures.calling(
              () -> answered(owner.answer(who.cohort(), who.participant(), proposal, verdict)));
        });
  }

  @Override
  public void estimateWait(
      EstimateWaitRequest request, StreamObserver<EstimateWaitResponse> caller) {
    Criteria criteria = CriteriaMapper.map("criteria", request.getCriteria());
    calls.answer(
        caller,
        () -> {
          Principal who = CallerInterceptor.caller();
          return pools.get().has(criteria.pool())
              ? EndingFailures.calling(
                  () -> Estimates.response(owner.estimate(who.cohort(), who.gender(), criteria)))
              : EstimateWaitResponse.newBuilder()
                  .setUnknownIntent(unknownIntent(criteria.pool()))
                  .build();
        });
  }

  private UnknownIntent unknownIntent(Pool asked) {
    return UnknownIntent.newBuilder().addAllIntents(pools.get().intents(asked.mode())).build();
  }

  private static Ticket ticket(NewTicket wish, Principal who, CorrelationId correlation) {
    return new Ticket(
        TicketId.of(who.participant(), wish.getRequestId()),
        who.participant(),
        who.device(),
        who.cohort(),
        who.gender(),
        CriteriaMapper.map("new_ticket.criteria", wish.getCriteria()),
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

  private static Verdict verdict(ProposalAnswer answer) {
    return switch (answer) {
      case PROPOSAL_ANSWER_ACCEPT -> Verdict.ACCEPT;
      case PROPOSAL_ANSWER_DECLINE, PROPOSAL_ANSWER_UNSPECIFIED, UNRECOGNIZED -> Verdict.DECLINE;
    };
  }

  private static AnswerProposalResponse answered(ProposalOutcome outcome) {
    AnswerProposalResponse.Builder response = AnswerProposalResponse.newBuilder();
    return switch (outcome) {
      case ANSWERED -> response.setAnswered(ProposalAnswered.getDefaultInstance()).build();
      case OVER, EARLY -> response.setOver(ProposalOver.getDefaultInstance()).build();
    };
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

  private GetCurrentResponse current(HeldTicket held) {
    GetCurrentResponse.Builder response = GetCurrentResponse.newBuilder();
    return switch (held.state()) {
      case WAITING, PARKED, PROPOSED -> response.setTicket(ticket(held)).build();
      case MATCHED, MET ->
          held.session() == null
              ? nothing()
              : response.setSession(session(held, held.session())).build();
      case CANCELLED, EXPIRED -> nothing();
    };
  }

  private static CurrentTicket ticket(HeldTicket held) {
    Companion companion = held.companion();
    return CurrentTicket.newBuilder()
        .setTicketId(held.ticket().id().text())
        .setState(EventMapper.state(held.state()))
        .setCompanionSessionId(companion == null ? "" : companion.session().text())
        .build();
  }

  private CurrentSession session(HeldTicket held, SessionId session) {
    CurrentSession.Builder current =
        CurrentSession.newBuilder()
            .setTicketId(held.ticket().id().text())
            .setSessionId(session.text());
    Companion companion = held.companion();
    if (held.ai() != null) {
      current.setMatched(mapper.matched(held.ai()));
    } else if (held.match() != null && companion != null) {
      current.setMatched(mapper.replacing(held.ticket(), held.match(), companion));
    } else if (held.match() != null) {
      current.setMatched(mapper.matched(held.ticket(), held.match()));
    }
    return current.build();
  }

  private static GetCurrentResponse nothing() {
    return GetCurrentResponse.newBuilder().setNothing(Nothing.getDefaultInstance()).build();
  }
}
