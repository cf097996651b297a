package parley.match.core;

/// What became of the wish to end or keep a ticket that has met nobody.
public sealed interface Ending {
  /// Done; for a ticket that had ended so before, again.
  record Done() implements Ending {}

  /// Too late, or not now: matched, parked or over.
  record NotWaiting(TicketState state) implements Ending {}

  /// Unknown, foreign, or long over.
  record NoTicket() implements Ending {}
}
