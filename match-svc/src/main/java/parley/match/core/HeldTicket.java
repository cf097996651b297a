package parley.match.core;

import org.jspecify.annotations.Nullable;
import parley.domain.SessionId;

/// A ticket as the pool has it, judged at the moment of reading. The session is there if it was
/// matched; the match itself while it is proposed, or waits for both to enter.
public record HeldTicket(
    Ticket ticket, TicketState state, @Nullable SessionId session, @Nullable Match match) {}
