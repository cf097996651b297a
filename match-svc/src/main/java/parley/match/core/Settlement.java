package parley.match.core;

import parley.domain.ParticipantId;

/// What became of a match by the word of who saw them enter.
public sealed interface Settlement {
  /// Both entered.
  record Met() implements Settlement {}

  /// One entered, and goes back with the old rank; to be told.
  record PeerNeverCame(ParticipantId came, TicketId ticket) implements Settlement {}

  /// Nobody did.
  record NobodyCame() implements Settlement {}

  /// Ended long ago, or never made.
  record NoMatch() implements Settlement {}
}
