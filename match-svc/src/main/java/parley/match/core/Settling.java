package parley.match.core;

import java.util.List;
import java.util.Set;
import parley.domain.Cohort;
import parley.domain.SessionId;
import parley.match.core.port.Inboxes;
import parley.match.core.port.TicketJournal;
import parley.match.core.port.TicketPool;

/// Ends matches by the word of who saw their members enter. Who came alone is told: by their inbox,
/// because the stream that told of the match is over.
public final class Settling {
  private final TicketPool pool;
  private final Inboxes inboxes;
  private final TicketJournal journal;

  public Settling(TicketPool pool, Inboxes inboxes, TicketJournal journal) {
    this.pool = pool;
    this.inboxes = inboxes;
    this.journal = journal;
  }

  /// Repeating changes nothing, and tells again what may not have been told. Blocks.
  ///
  /// @param where cohorts in which the match may lie
  public Settlement settle(List<Cohort> where, SessionId session, Set<Integer> entered) {
    for (Cohort cohort : where) {
      Settlement settlement = pool.settle(cohort, session, entered);
      if (!(settlement instanceof Settlement.NoMatch)) {
        tell(settlement, session);
        return settlement;
      }
    }
    return new Settlement.NoMatch();
  }

  private void tell(Settlement settlement, SessionId session) {
    if (settlement instanceof Settlement.PeerNeverCame alone) {
      inboxes.peerNeverCame(alone.came(), alone.ticket(), session);
    }
    journal.settled(settlement);
  }
}
