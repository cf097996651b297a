package parley.match.api;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import parley.domain.MemberKind;
import parley.match.core.AiMatch;
import parley.match.core.AiProspect;
import parley.match.core.AiWelcome;
import parley.match.core.Companion;
import parley.match.core.Level;
import parley.match.core.Match;
import parley.match.core.MatchTimes;
import parley.match.core.PoolRules;
import parley.match.core.Receipt;
import parley.match.core.Tag;
import parley.match.core.Ticket;
import parley.match.core.TicketEvent;
import parley.match.core.TicketState;
import parley.platform.auth.Seals;
import parley.platform.grpc.DomainWords;
import parley.platform.grpc.ProtoTimes;
import parley.proto.match.v1.AlreadyInSession;
import parley.proto.match.v1.AnotherTicketLive;
import parley.proto.match.v1.FindPeerResponse;
import parley.proto.match.v1.Matched;
import parley.proto.match.v1.NoSuchTicket;
import parley.proto.match.v1.PeerAsked;
import parley.proto.match.v1.ProposalOffered;
import parley.proto.match.v1.RelaxStep;
import parley.proto.match.v1.RequestIdReused;
import parley.proto.match.v1.TicketAccepted;
import parley.proto.match.v1.TicketCancelled;
import parley.proto.match.v1.TicketExpired;
import parley.proto.match.v1.TicketMoved;
import parley.proto.match.v1.TicketPaused;
import parley.proto.match.v1.WaitingUpdate;

/// Events of a ticket as its stream tells them.
public final class EventMapper {
  private final Grants grants;
  private final MatchTimes times;

  public EventMapper(Seals seals, MatchTimes times) {
    this.grants = new Grants(seals);
    this.times = times;
  }

  FindPeerResponse map(TicketEvent event) {
    return fill(FindPeerResponse.newBuilder(), event).build();
  }

  private FindPeerResponse.Builder fill(FindPeerResponse.Builder response, TicketEvent event) {
    return switch (event) {
      case TicketEvent.Accepted accepted -> response.setAccepted(accepted(accepted));
      case TicketEvent.Waiting waiting -> response.setWaiting(waiting(waiting));
      case TicketEvent.Proposed asked ->
          response.setProposal(proposal(asked.ticket(), asked.match()));
      case TicketEvent.PeerAsked asked ->
          response.setPeerAsked(
              PeerAsked.newBuilder().setDecidedWithin(ProtoTimes.write(asked.decidedWithin())));
      case TicketEvent.Matched matched ->
          response.setMatched(matched(matched.ticket(), matched.match()));
      case TicketEvent.MatchedAi matched -> response.setMatched(matched(matched.match()));
      case TicketEvent.Cancelled _ -> response.setCancelled(TicketCancelled.getDefaultInstance());
      case TicketEvent.Expired _ -> response.setExpired(TicketExpired.getDefaultInstance());
      case TicketEvent.Moved _ -> response.setMoved(TicketMoved.getDefaultInstance());
      case TicketEvent.AlreadyInSession in ->
          response.setAlreadyInSession(
              AlreadyInSession.newBuilder().setSessionId(in.session().text()));
      case TicketEvent.AnotherTicketLive other ->
          response.setAnotherTicketLive(
              AnotherTicketLive.newBuilder()
                  .setTicketId(other.ticket().text())
                  .setState(state(other.state())));
      case TicketEvent.RequestIdReused _ ->
          response.setRequestIdReused(RequestIdReused.getDefaultInstance());
      case TicketEvent.NoSuchTicket _ ->
          response.setNoSuchTicket(NoSuchTicket.getDefaultInstance());
      case TicketEvent.Paused paused ->
          response.setPaused(
              TicketPaused.newBuilder().setRetryAfter(ProtoTimes.write(paused.left())));
      case TicketEvent.Resume _ -> throw new IllegalArgumentException("resume is a status");
      case TicketEvent.Withdrawn _, TicketEvent.Rests _ ->
          throw new IllegalArgumentException("no stream is told of what an inbox was asked");
    };
  }

  static parley.proto.match.v1.TicketState state(TicketState state) {
    return switch (state) {
      case WAITING -> parley.proto.match.v1.TicketState.TICKET_STATE_WAITING;
      case PARKED -> parley.proto.match.v1.TicketState.TICKET_STATE_PARKED;
      case PROPOSED -> parley.proto.match.v1.TicketState.TICKET_STATE_PROPOSED;
      case MATCHED -> parley.proto.match.v1.TicketState.TICKET_STATE_MATCHED;
      case MET -> parley.proto.match.v1.TicketState.TICKET_STATE_MET;
      case CANCELLED -> parley.proto.match.v1.TicketState.TICKET_STATE_CANCELLED;
      case EXPIRED -> parley.proto.match.v1.TicketState.TICKET_STATE_EXPIRED;
    };
  }

  private TicketAccepted accepted(TicketEvent.Accepted accepted) {
    Ticket ticket = accepted.ticket();
    return TicketAccepted.newBuilder()
        .setTicketId(ticket.id().text())
        .setKeepWaitingEvery(ProtoTimes.write(times.keepWaitingEvery()))
        .setParkedFor(ProtoTimes.write(times.keptInPark()))
        .setLongestWait(ProtoTimes.write(times.longestWait()))
        .setUpdateAtLeast(ProtoTimes.write(times.updateAtLeast()))
        .setCorrelationId(ticket.correlation().text())
        .addAllSteps(steps(ticket, accepted.rules()))
        .build();
  }

  private static List<RelaxStep> steps(Ticket ticket, PoolRules rules) {
    Level start = ticket.start();
    return Arrays.stream(Level.values())
        .filter(level -> level.compareTo(start) >= 0 && level.compareTo(ticket.widest()) <= 0)
        .map(level -> step(level, level == start ? Duration.ZERO : rules.reaches(level)))
        .toList();
  }

  private static RelaxStep step(Level level, Duration after) {
    return RelaxStep.newBuilder().setLevel(level(level)).setAfter(ProtoTimes.write(after)).build();
  }

  private static ProposalOffered proposal(Ticket ticket, Match match) {
    return ProposalOffered.newBuilder()
        .setProposalId(match.session().text())
        .setAnswerWithin(ProtoTimes.write(Duration.between(match.matchedAt(), match.enterBy())))
        .setReceipt(receipt(match.receiptFor(ticket.participant())))
        .build();
  }

  private static WaitingUpdate waiting(TicketEvent.Waiting waiting) {
    WaitingUpdate.Builder update = WaitingUpdate.newBuilder().setLevel(level(waiting.level()));
    if (waiting.place() > 0) {
      update.setPlace(waiting.place());
    }
    if (waiting.shownWaiting() > 0) {
      update.setPeopleWaiting(waiting.shownWaiting());
    }
    if (waiting.estimate() != null) {
      update.setEstimatedWait(ProtoTimes.write(waiting.estimate()));
    }
    if (waiting.relaxesIn() != null) {
      update.setRelaxesIn(ProtoTimes.write(waiting.relaxesIn()));
    }
    return withAi(update, waiting.ai()).build();
  }

  private static WaitingUpdate.Builder withAi(WaitingUpdate.Builder update, AiProspect ai) {
    return switch (ai) {
      case AiProspect.None _ -> update;
      case AiProspect.In in -> update.setAiIn(ProtoTimes.write(in.time()));
      case AiProspect.Away _ -> update.setAiAway(true);
    };
  }

  /// For the inbox of who talks with an AI peer.
  public ProposalOffered replacing(Ticket ticket, Match match) {
    return proposal(ticket, match).toBuilder().setReplacesCompanion(true).build();
  }

  /// For the inbox of who talks with an AI peer: entering ends that.
  public Matched replacing(Ticket ticket, Match match, Companion replaced) {
    return matched(ticket, match).toBuilder().setGrant(grants.seal(match, replaced)).build();
  }

  /// For both members.
  public ByteString grant(AiMatch match) {
    return grants.seal(match);
  }

  Matched matched(AiMatch match) {
    return Matched.newBuilder()
        .setSessionId(match.session().text())
        .setGrant(grants.seal(match))
        .setEnterWithin(ProtoTimes.write(Duration.between(match.matchedAt(), match.enterBy())))
        .setReceipt(receipt(match.receipt()))
        .setPeerKind(DomainWords.write(MemberKind.AI))
        .setMode(DomainWords.write(match.person().ticket().criteria().pool().mode()))
        .setAttempt(match.person().attempt())
        .setKeepsLooking(match.welcome() == AiWelcome.MEANWHILE)
        .build();
  }

  Matched matched(Ticket ticket, Match match) {
    return Matched.newBuilder()
        .setSessionId(match.session().text())
        .setGrant(grants.seal(match))
        .setEnterWithin(ProtoTimes.write(Duration.between(match.matchedAt(), match.enterBy())))
        .setReceipt(receipt(match.receiptFor(ticket.participant())))
        .setPeerKind(DomainWords.write(MemberKind.PERSON))
        .setMode(DomainWords.write(ticket.criteria().pool().mode()))
        .setAttempt(match.member(ticket.participant()).attempt())
        .build();
  }

  private static parley.proto.match.v1.Receipt receipt(Receipt receipt) {
    parley.proto.match.v1.Receipt.Builder why = parley.proto.match.v1.Receipt.newBuilder();
    if (receipt.relaxed() != null) {
      why.setRelaxedAfter(ProtoTimes.write(receipt.relaxed()));
    }
    return why.addAllSharedTags(receipt.sharedTags().stream().map(Tag::text).toList())
        .setLanguage(receipt.language() == null ? "" : receipt.language().code())
        .setLevel(level(receipt.level()))
        .setWaited(ProtoTimes.write(receipt.waited()))
        .build();
  }

  static parley.proto.match.v1.Level level(Level level) {
    return switch (level) {
      case SAME_TAGS -> parley.proto.match.v1.Level.LEVEL_SAME_TAGS;
      case SAME_LANGUAGE -> parley.proto.match.v1.Level.LEVEL_SAME_LANGUAGE;
      case ANYONE -> parley.proto.match.v1.Level.LEVEL_ANYONE;
    };
  }
}
