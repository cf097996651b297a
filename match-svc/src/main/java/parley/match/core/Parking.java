package parley.match.core;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import parley.match.core.port.PoolUnavailable;
import parley.match.core.port.TicketJournal;
import parley.match.core.port.TicketPool;

/// Takes tickets without a stream out of line. What the pool could not be told is told later: a
/// ticket that nobody holds must not stand there as if somebody did.
final class Parking {
  private final TicketPool pool;
  private final LiveTickets live;
  private final TicketJournal journal;
  private final Queue<Ticket> unparked = new ConcurrentLinkedQueue<>();

  Parking(TicketPool pool, LiveTickets live, TicketJournal journal) {
    this.pool = pool;
    this.live = live;
    this.journal = journal;
  }

  /// Parks the ticket unless a stream of this node holds it by now. Blocks.
  void park(Ticket ticket) {
    live.oneAtATime(
        ticket.id(),
        () -> {
          if (live.get(ticket.id()) == null) {
            parkAlone(ticket);
          }
        });
  }

  /// Tries again what failed, once each. Blocks.
  void retry() {
    for (int left = unparked.size(); left > 0; left--) {
      Ticket next = unparked.poll();
      if (next != null) {
        park(next);
      }
    }
  }

  private void parkAlone(Ticket ticket) {
    try {
      pool.park(ticket);
      journal.ended(ticket, TicketState.PARKED);
    } catch (PoolUnavailable unknown) {
      unparked.add(ticket);
    }
  }
}
