package parley.match.core;

import org.jspecify.annotations.Nullable;
import parley.domain.SessionId;

/// What became of the wish to end or keep a ticket that has met nobody.
public sealed interface Ending {
  /// Done; for a ticket that had ended so before, again.
  record Done() implements Ending {}

  /// Too late, or not now: proposed, matched, parked or over. The session is that of the match.
  record NotWaiting(TicketState state, @Nullable SessionId session) implements Ending {
    public NotWaiting(TicketState state) {
      this(state, null);
    }
  }

  /// Unknown, foreign, or long over.
  record NoTicket() implements Ending {}
}
