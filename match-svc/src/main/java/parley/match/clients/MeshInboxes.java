package parley.match.clients;

import com.google.protobuf.ByteString;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import parley.domain.ParticipantId;
import parley.domain.SessionId;
import parley.match.core.Companion;
import parley.match.core.Looking;
import parley.match.core.Match;
import parley.match.core.Ticket;
import parley.match.core.TicketId;
import parley.match.core.port.Inboxes;
import parley.match.core.port.PoolUnavailable;
import parley.platform.discovery.MeshChannels;
import parley.platform.discovery.ServiceName;
import parley.proto.match.v1.Matched;
import parley.proto.match.v1.ProposalOffered;
import parley.proto.session.v1.DeliverRequest;
import parley.proto.session.v1.InboxNotice;
import parley.proto.session.v1.InboxServiceGrpc;
import parley.proto.session.v1.PeerNeverCame;
import parley.proto.session.v1.ProposalWithdrawn;

/// Calls session-svc's Deliver. A delivery's id is made of the match's, so that repeating tells
/// once; who calls repeats until it is answered.
public final class MeshInboxes implements Inboxes {
  private static final Duration DEADLINE = Duration.ofSeconds(2);

  private final InboxServiceGrpc.InboxServiceBlockingStub session;
  private final Words words;

  /// What is told of matches, as the public calls tell it.
  ///
  /// @param matched to who leaves an AI peer for it
  public record Words(BiFunction<Ticket, Match, ProposalOffered> proposal, MatchedWords matched) {
    /// As its name says.
    @FunctionalInterface
    public interface MatchedWords {
      Matched of(Ticket ticket, Match match, Companion replaced);
    }
  }

  /// Over session-svc's nodes as the mesh knows them.
  public MeshInboxes(MeshChannels mesh, Words words) {
    this.session = InboxServiceGrpc.newBlockingStub(mesh.channel(ServiceName.SESSION));
    this.words = words;
  }

  @Override
  public void peerNeverCame(ParticipantId who, TicketId ticket, SessionId match) {
    PeerNeverCame news = PeerNeverCame.newBuilder().setTicketId(ticket.text()).build();
    deliver(who, "never-came-" + match, InboxNotice.newBuilder().setPeerNeverCame(news));
  }

  @Override
  public void proposal(Ticket ticket, Match match) {
    deliver(
        ticket.participant(),
        "proposal-" + match.session(),
        InboxNotice.newBuilder().setProposal(words.proposal().apply(ticket, match)));
  }

  @Override
  public void matched(Ticket ticket, Match match, Companion replaced) {
    deliver(
        ticket.participant(),
        "matched-" + match.session(),
        InboxNotice.newBuilder().setMatched(words.matched().of(ticket, match, replaced)));
  }

  @Override
  public void withdrawn(Ticket ticket, SessionId proposal, Looking looking) {
    ProposalWithdrawn news =
        ProposalWithdrawn.newBuilder()
            .setProposalId(proposal.text())
            .setStillLooking(looking == Looking.STILL)
            .build();
    deliver(
        ticket.participant(),
        "withdrawn-" + proposal,
        InboxNotice.newBuilder().setProposalWithdrawn(news));
  }

  private void deliver(ParticipantId who, String id, InboxNotice.Builder notice) {
    DeliverRequest request =
        DeliverRequest.newBuilder()
            .setParticipantId(ByteString.copyFrom(who.bytes()))
            .setDeliveryId(id)
            .setNotice(notice)
            .build();
    try {
      var _ =
          session
              .withWaitForReady()
              .withDeadlineAfter(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
              .deliver(request);
    } catch (StatusRuntimeException failed) {
      throw new PoolUnavailable("inbox of " + who + " was not told", failed);
    }
  }
}
