package parley.client.search;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.client.call.CallRefused;
import parley.client.call.Door;
import parley.client.call.Headers;
import parley.client.call.UnaryCalls;
import parley.client.identity.AccessToken;
import parley.client.identity.GuestDenied;
import parley.client.identity.Identity;
import parley.proto.match.v1.AiWelcome;
import parley.proto.match.v1.AnswerProposalRequest;
import parley.proto.match.v1.CancelTicketRequest;
import parley.proto.match.v1.FindPeerRequest;
import parley.proto.match.v1.KeepWaitingRequest;
import parley.proto.match.v1.KeepWaitingResponse;
import parley.proto.match.v1.MatchServiceGrpc;
import parley.proto.match.v1.ProposalAnswer;
import parley.proto.match.v1.TicketState;

/// The calls of one search.
final class TicketCalls {
  private static final Logger LOG = LoggerFactory.getLogger(TicketCalls.class);

  private final Door door;
  private final String correlationId;
  private final UnaryCalls calls;

  TicketCalls(Door door, String correlationId) {
    this.door = door;
    this.correlationId = correlationId;
    this.calls = new UnaryCalls(door);
  }

  void find(FindPeerRequest request, AccessToken token, TicketStream into) {
    MatchServiceGrpc.newStub(door.channel())
        .withInterceptors(Headers.correlated(correlationId).bearer(token.text()).attached())
        .findPeer(request, into);
  }

  /// Says that a person is still there. A sign that is lost is made up for by the next. Blocks.
  ///
  /// @return false if the server says that the ticket is not waiting
  boolean keepWaiting(Identity identity, String ticketId) {
    return keep(identity, KeepWaitingRequest.newBuilder().setTicketId(ticketId).build());
  }

  /// Says that a person wants the next level now. Lost, they say it again.
  void relax(Identity identity, String ticketId) {
    var _ =
        keep(
            identity,
            KeepWaitingRequest.newBuilder().setTicketId(ticketId).setRelaxNow(true).build());
  }

  /// Changes whether an AI may come. Lost, they say it again.
  void welcomeAi(Identity identity, String ticketId, AiWelcome welcome) {
    var _ = keep(identity, kept(ticketId, welcome));
  }

  /// Says that a person who talks with an AI peer is still there, and what they wish, if anything.
  /// Blocks.
  Lookout lookout(Identity identity, String ticketId, AiWelcome welcome) {
    KeepWaitingRequest request = kept(ticketId, welcome);
    try {
      KeepWaitingResponse answer =
          identity.call(token -> calls.bounded(stub(token)).keepWaiting(request));
      return switch (answer.getOutcomeCase()) {
        case KEPT, OUTCOME_NOT_SET -> Lookout.KEPT;
        case NOT_WAITING -> lookout(answer.getNotWaiting().getState());
        case NO_SUCH_TICKET -> Lookout.OVER;
      };
    } catch (CallRefused | GuestDenied lost) {
      LOG.info("a sign of life was lost: {}", lost.getMessage());
      return Lookout.UNKNOWN;
    }
  }

  private static Lookout lookout(TicketState state) {
    return switch (state) {
      // Somebody was found, or is asked: the inbox tells.
      case TICKET_STATE_PROPOSED, TICKET_STATE_MATCHED -> Lookout.UNKNOWN;
      case TICKET_STATE_WAITING, TICKET_STATE_PARKED -> Lookout.KEPT;
      case TICKET_STATE_MET -> Lookout.RESTS;
      case TICKET_STATE_CANCELLED, TICKET_STATE_EXPIRED -> Lookout.OVER;
      case TICKET_STATE_UNSPECIFIED, UNRECOGNIZED -> Lookout.UNKNOWN;
    };
  }

  private static KeepWaitingRequest kept(String ticketId, AiWelcome welcome) {
    return KeepWaitingRequest.newBuilder().setTicketId(ticketId).setAiWelcome(welcome).build();
  }

  /// Says yes or no to a proposal.
  void answer(Identity identity, String proposalId, ProposalAnswer answer) {
    AnswerProposalRequest request =
        AnswerProposalRequest.newBuilder().setProposalId(proposalId).setAnswer(answer).build();
    try {
      var answered = identity.call(token -> calls.bounded(stub(token)).answerProposal(request));
      LOG.debug("answered: {}", answered.getOutcomeCase());
    } catch (CallRefused | GuestDenied lost) {
      LOG.info("an answer was lost: {}", lost.getMessage());
    }
  }

  private boolean keep(Identity identity, KeepWaitingRequest request) {
    try {
      return switch (identity
          .call(token -> calls.bounded(stub(token)).keepWaiting(request))
          .getOutcomeCase()) {
        case KEPT, OUTCOME_NOT_SET -> true;
        case NOT_WAITING, NO_SUCH_TICKET -> false;
      };
    } catch (CallRefused | GuestDenied lost) {
      LOG.info("a sign of life was lost: {}", lost.getMessage());
      return true;
    }
  }

  /// Blocks.
  ///
  /// @return false if the ticket ended otherwise, which its stream tells, or nobody could be told
  boolean cancel(Identity identity, String ticketId) {
    CancelTicketRequest request = CancelTicketRequest.newBuilder().setTicketId(ticketId).build();
    try {
      return switch (identity
          .call(token -> calls.bounded(stub(token)).cancelTicket(request))
          .getOutcomeCase()) {
        case CANCELLED, NO_SUCH_TICKET -> true;
        case NOT_WAITING, OUTCOME_NOT_SET -> false;
      };
    } catch (CallRefused | GuestDenied notTold) {
      LOG.info("the ticket ends by itself, soon: {}", notTold.getMessage());
      return true;
    }
  }

  private MatchServiceGrpc.MatchServiceBlockingStub stub(AccessToken token) {
    return MatchServiceGrpc.newBlockingStub(door.channel())
        .withInterceptors(Headers.correlated(correlationId).bearer(token.text()).attached());
  }
}
