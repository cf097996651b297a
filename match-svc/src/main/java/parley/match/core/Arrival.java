package parley.match.core;

/// What became of a new ticket.
public sealed interface Arrival {
  /// Nobody was there: it stands in line.
  record Stood(Standing standing) implements Arrival {}

  /// Somebody was: both are taken.
  record Met(Match match) implements Arrival {}

  /// The same request id made a ticket before, perhaps with other criteria; nothing was changed.
  record Known(HeldTicket held) implements Arrival {}

  /// Another ticket of this participant is live; nothing was changed.
  record Occupied(HeldTicket other) implements Arrival {}
}
