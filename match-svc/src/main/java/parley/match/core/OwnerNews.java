package parley.match.core;

/// What other nodes did to a ticket that this node holds.
public sealed interface OwnerNews {
  TicketId ticket();

  /// Somebody who arrived took this ticket.
  record PeerFound(TicketId ticket, Match match) implements OwnerNews {}

  /// A stream at another node took the ticket over from the stream with this number.
  record TakenOver(TicketId ticket, int attachment) implements OwnerNews {}

  /// The ticket was cancelled elsewhere.
  record Cancelled(TicketId ticket) implements OwnerNews {}

  /// KeepWaiting was called at another node.
  record Heard(TicketId ticket) implements OwnerNews {}
}
