package parley.client.conversation;

import java.util.Optional;
import parley.client.call.ProtoTimes;
import parley.client.identity.InboxPlace;
import parley.client.search.Lookout;
import parley.client.search.Match;
import parley.proto.session.v1.Envelope;
import parley.proto.session.v1.InboxNotice;
import parley.proto.session.v1.ServerFrame;

/// Reads the participant's inbox, which comes by the stream of a conversation and has positions and
/// resets of its own. Runs on the conversation's thread alone.
final class InboxReader {
  private final InboxPlace place;
  private final String correlationId;
  private final Told told;

  InboxReader(InboxPlace place, String correlationId, Told told) {
    this.place = place;
    this.correlationId = correlationId;
    this.told = told;
  }

  void read(ServerFrame frame) {
    if (frame.hasReset()) {
      place.reach(frame.getReset().getResumeAt());
    }
    for (Envelope envelope : frame.getEnvelopesList()) {
      place.reach(envelope.getPosition());
      event(envelope.getNotice()).ifPresent(told::tell);
    }
  }

  /// Empty for what the ending of a conversation says too, and for what only a later contract
  /// knows.
  private Optional<ConversationEvent> event(InboxNotice notice) {
    return switch (notice.getEventCase()) {
      case PROPOSAL ->
          Optional.of(
              new ConversationEvent.PersonProposed(
                  notice.getProposal(),
                  ProtoTimes.duration(notice.getProposal().getAnswerWithin())));
      case MATCHED ->
          Optional.of(
              new ConversationEvent.PersonFound(Match.of(notice.getMatched(), correlationId)));
      case PROPOSAL_WITHDRAWN ->
          Optional.of(
              new ConversationEvent.ProposalWithdrawn(
                  notice.getProposalWithdrawn().getProposalId(),
                  notice.getProposalWithdrawn().getStillLooking() ? Lookout.KEPT : Lookout.RESTS));
      case PEER_NEVER_CAME, EVENT_NOT_SET -> Optional.empty();
    };
  }
}
