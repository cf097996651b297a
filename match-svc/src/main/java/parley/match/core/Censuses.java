package parley.match.core;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import parley.domain.Cohort;
import parley.match.core.port.PoolUnavailable;
import parley.match.core.port.TicketPool;

/// The newest census of each pool in which this node holds a ticket: counted once for all of them.
final class Censuses {
  private record Line(Cohort cohort, Pool pool) {
    static Line of(Ticket ticket) {
      return new Line(ticket.cohort(), ticket.criteria().pool());
    }
  }

  private final TicketPool pool;
  private final LiveTickets live;
  private final Map<Line, Census> newest = new ConcurrentHashMap<>();
  private Instant countedAt = Instant.MIN;

  Censuses(TicketPool pool, LiveTickets live) {
    this.pool = pool;
    this.live = live;
  }

  @Nullable Census of(Ticket ticket) {
    return newest.get(Line.of(ticket));
  }

  /// True if a count is due; the caller then counts.
  boolean isDue(Instant now, MatchTimes times) {
    if (countedAt.isAfter(now.minus(times.updateEvery()))) {
      return false;
    }
    countedAt = now;
    return true;
  }

  /// Counts each pool in use. Blocks; a pool that cannot be counted keeps its last census.
  void count() {
    Set<Line> used =
        live.all().stream().map(held -> Line.of(held.ticket())).collect(Collectors.toSet());
    newest.keySet().retainAll(used);
    try {
      used.forEach(line -> newest.put(line, pool.census(line.cohort(), line.pool())));
    } catch (PoolUnavailable _) {
      // The figures are a courtesy: nobody waits for them.
    }
  }
}
