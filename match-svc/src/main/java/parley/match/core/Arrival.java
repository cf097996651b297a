package parley.match.core;

import java.time.Duration;

/// What became of a new ticket.
public sealed interface Arrival {
  /// Nobody was there: it stands in line.
  record Stood(Standing standing) implements Arrival {}

  /// Somebody was: both are taken.
  record Met(Match match) implements Arrival {}

  /// Somebody was: both are taken and asked.
  record Proposed(Match match, Standing standing) implements Arrival {}

  /// The same request id made a ticket before, perhaps with other criteria; nothing was changed.
  record Known(HeldTicket held) implements Arrival {}

  /// Another ticket of this participant is live; nothing was changed.
  record Occupied(HeldTicket other) implements Arrival {}

  /// This person declined too often lately; nothing was changed.
  record Paused(Duration left) implements Arrival {}
}
