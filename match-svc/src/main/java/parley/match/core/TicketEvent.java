package parley.match.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import parley.domain.SessionId;

/// What the stream of a ticket is told. The first is [Accepted] or an [Ending]; nothing follows an
/// ending.
public sealed interface TicketEvent {
  /// The ticket is alive; what follows is about it.
  record Accepted(Ticket ticket, PoolRules rules) implements TicketEvent {}

  /// @param place 1 is the next; 0 if unknown
  /// @param shownWaiting 0 if hidden
  /// @param estimate how long still; absent if unknown
  /// @param relaxesIn absent if never; zero while it is due and others go first
  /// @param ai what is to be expected of AI peers
  record Waiting(
      Level level,
      int place,
      int shownWaiting,
      @Nullable Duration estimate,
      @Nullable Duration relaxesIn,
      AiProspect ai)
      implements TicketEvent {}

  /// Somebody is there; this one is asked.
  record Proposed(Ticket ticket, Match match) implements TicketEvent {}

  /// Somebody is there who talks with an AI peer, and is asked first.
  record PeerAsked(Duration decidedWithin) implements TicketEvent {}

  /// A proposal came to nothing, and the ticket is in line again, for an inbox alone.
  record Withdrawn(SessionId proposal, OwnerNews.Why why) implements TicketEvent {}

  /// Ends the stream.
  sealed interface Ending extends TicketEvent {}

  record Matched(Ticket ticket, Match match) implements Ending {}

  /// With an AI peer.
  record MatchedAi(Ticket ticket, AiMatch match) implements Ending {}

  /// The ticket is out of line, and its person goes on talking with an AI peer; for an inbox alone.
  ///
  /// @param proposal that was not answered; absent if there was none
  record Rests(@Nullable SessionId proposal) implements Ending {}

  record Cancelled() implements Ending {}

  record Expired() implements Ending {}

  /// A newer stream has the ticket.
  record Moved() implements Ending {}

  record AlreadyInSession(SessionId session) implements Ending {}

  record AnotherTicketLive(TicketId ticket, TicketState state) implements Ending {}

  record RequestIdReused() implements Ending {}

  record NoSuchTicket() implements Ending {}

  /// Declined too often in a short time.
  record Paused(Duration left) implements Ending {}

  /// The stream ends though the ticket may live: take it up again.
  record Resume() implements Ending {}
}
