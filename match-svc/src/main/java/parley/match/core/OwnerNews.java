package parley.match.core;

import java.time.Duration;

/// What was done elsewhere to a ticket that this node holds.
public sealed interface OwnerNews {
  TicketId ticket();

  /// Somebody who arrived took this ticket; or both accepted.
  record PeerFound(TicketId ticket, Match match) implements OwnerNews {}

  /// Somebody who arrived took this ticket, and both are asked.
  record Proposed(TicketId ticket, Match match) implements OwnerNews {}

  /// Its proposal, or its match, came to nothing: it is parked and must be taken up.
  record Returned(TicketId ticket, Why why) implements OwnerNews {
    public Returned(TicketId ticket) {
      this(ticket, Why.NOBODY_CAME);
    }
  }

  /// Why a ticket comes back.
  enum Why {
    /// One of the two declined.
    DECLINED,
    /// The other went away while this one was asked.
    WITHDRAWN,
    /// The other did not enter, or did not answer.
    NOBODY_CAME
  }

  /// Its person was asked, while talking with an AI peer, and was silent, or wants to be asked no
  /// more: it is out of line.
  record Rests(TicketId ticket) implements OwnerNews {}

  /// At another node its person said anew whether an AI peer may come.
  record Wished(TicketId ticket, AiWelcome welcome) implements OwnerNews {}

  /// It declined too often: it is over, and its person waits for so long.
  record Paused(TicketId ticket, Duration lasts) implements OwnerNews {}

  /// A stream at another node took the ticket over from the stream with this number.
  record TakenOver(TicketId ticket, int attachment) implements OwnerNews {}

  /// The ticket was cancelled elsewhere, or its person did not answer.
  record Cancelled(TicketId ticket) implements OwnerNews {}

  /// KeepWaiting was called at another node.
  record Heard(TicketId ticket, Sign sign) implements OwnerNews {}
}
