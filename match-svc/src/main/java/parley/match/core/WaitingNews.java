package parley.match.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What somebody who waits is told now and then.
record WaitingNews(Ticket ticket, Standing standing, @Nullable Duration relaxesIn, AiProspect ai) {
  /// Without a crowd, what others do is unknown.
  TicketEvent.Waiting with(@Nullable Crowd crowd) {
    if (crowd == null) {
      return new TicketEvent.Waiting(standing.level(), 0, 0, null, relaxesIn, ai);
    }
    Crowd.Kind kind = new Crowd.Kind(ticket.side(), ticket.start());
    return new TicketEvent.Waiting(
        standing.level(),
        crowd.place(ticket.side(), standing.rank()),
        crowd.shownWaiting(),
        crowd.left(kind, standing.rank()),
        relaxesIn,
        ai);
  }
}
