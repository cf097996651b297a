package parley.match.core;

import parley.domain.SessionId;

/// What the stream of a ticket is told. The first is [Accepted] or an [Ending]; nothing follows an
/// ending.
public sealed interface TicketEvent {
  /// The ticket is alive; what follows is about it.
  record Accepted(Ticket ticket) implements TicketEvent {}

  /// @param place 1 is the next
  /// @param shownWaiting 0 if hidden
  record Waiting(Level level, int place, int shownWaiting) implements TicketEvent {}

  /// Ends the stream.
  sealed interface Ending extends TicketEvent {}

  record Matched(Ticket ticket, Match match) implements Ending {}

  record Cancelled() implements Ending {}

  record Expired() implements Ending {}

  /// A newer stream has the ticket.
  record Moved() implements Ending {}

  record AlreadyInSession(SessionId session) implements Ending {}

  record AnotherTicketLive(TicketId ticket, TicketState state) implements Ending {}

  record RequestIdReused() implements Ending {}

  record NoSuchTicket() implements Ending {}

  /// The stream ends though the ticket may live: take it up again.
  record Resume() implements Ending {}
}
