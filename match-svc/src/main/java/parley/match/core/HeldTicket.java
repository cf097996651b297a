package parley.match.core;

import org.jspecify.annotations.Nullable;
import parley.domain.SessionId;

/// A ticket as the pool has it, judged at the moment of reading. The session is there if it was
/// matched.
public record HeldTicket(Ticket ticket, TicketState state, @Nullable SessionId session) {}
