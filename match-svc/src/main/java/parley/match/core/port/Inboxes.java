package parley.match.core.port;

import parley.domain.ParticipantId;
import parley.domain.SessionId;
import parley.match.core.Companion;
import parley.match.core.Looking;
import parley.match.core.Match;
import parley.match.core.Ticket;
import parley.match.core.TicketId;

/// How somebody is told something who may have no stream here. Each is told once, however often it
/// is called; calls block.
///
/// @implSpec every call throws [PoolUnavailable] if it may not have been told: call again
public interface Inboxes {
  /// The peer of this match never came; the ticket has its old place again.
  void peerNeverCame(ParticipantId who, TicketId ticket, SessionId match);

  /// A person is there: whether to leave the AI peer for them.
  void proposal(Ticket ticket, Match match);

  /// The proposal was accepted. Entering closes the conversation with the companion.
  void matched(Ticket ticket, Match match, Companion replaced);

  /// The proposal came to nothing.
  void withdrawn(Ticket ticket, SessionId proposal, Looking looking);
}
