package parley.match.core;

import org.jspecify.annotations.Nullable;
import parley.domain.SessionId;

/// A ticket as the pool has it, judged at the moment of reading. The session is there if it was
/// matched; the match itself while it is proposed, or waits for both to enter.
///
/// @param ai the match, if it is one with an AI peer
/// @param companion the AI peer of this ticket's person; also of one that is out of line with it
public record HeldTicket(
    Ticket ticket,
    TicketState state,
    @Nullable SessionId session,
    @Nullable Match match,
    @Nullable AiMatch ai,
    @Nullable Companion companion) {
  /// Of somebody without an AI peer.
  public HeldTicket(
      Ticket ticket, TicketState state, @Nullable SessionId session, @Nullable Match match) {
    this(ticket, state, session, match, null, null);
  }

  /// Whether its person talks with an AI peer, and no person was found.
  public boolean isWithAi() {
    return companion != null
        && (session == null || session.equals(companion.session()) || !hasMatch());
  }

  private boolean hasMatch() {
    return state == TicketState.MATCHED || state == TicketState.MET;
  }
}
