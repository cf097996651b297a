package parley.match.core.port;

import parley.domain.ParticipantId;
import parley.domain.SessionId;
import parley.match.core.TicketId;

/// How somebody is told something who may have no stream here.
public interface Inboxes {
  /// The peer of this match never came; the ticket has its old place again. Told once, however
  /// often it is called. Blocks.
  ///
  /// @throws PoolUnavailable if it may not have been told: call again
  void peerNeverCame(ParticipantId who, TicketId ticket, SessionId match);
}
