package parley.match.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

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

  /// KeepWaiting was called.
  ///
  /// @param at the level at which the ticket stood then: who asks for the next one asks once,
  ///   however often it is heard; absent if it stood here
  record Heard(TicketId ticket, Sign sign, @Nullable Level at) implements OwnerNews {
    public Heard(TicketId ticket, Sign sign) {
      this(ticket, sign, null);
    }

    /// The next level is wished for, from that one.
    boolean asksToLeave(Level level) {
      return sign == Sign.RELAX_NOW && (at == null || at == level);
    }
  }
}
