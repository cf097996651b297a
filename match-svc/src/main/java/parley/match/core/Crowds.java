package parley.match.core;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import parley.domain.Cohort;
import parley.domain.Gender;
import parley.match.core.Crowd.Kind;
import parley.match.core.Crowd.Tally;
import parley.match.core.port.CrowdBoard;
import parley.match.core.port.PoolUnavailable;
import parley.match.core.port.TicketJournal;

/// What this node knows of those who wait, counted in memory, and exchanged with the other nodes
/// once a second for each pool in use. Nothing of it costs a ticket a step in the store.
final class Crowds {
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final double FORGOTTEN = 0.05;

  private record Line(Cohort cohort, Pool pool) {
    static Line of(Ticket ticket) {
      return new Line(ticket.cohort(), ticket.criteria().pool());
    }
  }

  private record Seen(Crowd crowd, Instant at) {}

  private final CrowdBoard board;
  private final LiveTickets live;
  private final TicketJournal journal;
  private final Map<Line, Seen> newest = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private final Map<Line, Map<Kind, Tally>> lately = new HashMap<>();
  private Instant countedAt = Instant.MIN;

  Crowds(CrowdBoard board, LiveTickets live, TicketJournal journal) {
    this.board = board;
    this.live = live;
    this.journal = journal;
  }

  @Nullable Crowd of(Ticket ticket) {
    Seen seen = newest.get(Line.of(ticket));
    return seen == null ? null : seen.crowd();
  }

  /// A ticket of this node was matched.
  void matched(Ticket ticket) {
    lock.lock();
    try {
      lately
          .computeIfAbsent(Line.of(ticket), _ -> new HashMap<>())
          .merge(kind(ticket), new Tally(0, 0, 0, 1), Tally::plus);
    } finally {
      lock.unlock();
    }
  }

  /// True if an exchange is due; the caller then does it.
  boolean isDue(Instant now) {
    lock.lock();
    try {
      return !countedAt.isAfter(now.minus(EVERY));
    } finally {
      lock.unlock();
    }
  }

  /// Counts and exchanges each pool in use. Blocks; a pool that cannot be exchanged keeps what was
  /// known: the figures are a courtesy, nobody waits for them.
  void exchange(Instant now) {
    Map<Line, Map<Kind, Tally>> parts = count(now);
    Set<Line> unused = new HashSet<>(newest.keySet());
    unused.removeAll(parts.keySet());
    unused.forEach(newest::remove);
    Set<Cohort> away = EnumSet.noneOf(Cohort.class);
    parts.forEach((line, part) -> unlessAway(line, away, () -> exchange(line, part, now)));
    unused.forEach(
        line -> unlessAway(line, away, () -> board.exchange(line.cohort(), line.pool(), Map.of())));
  }

  /// A cohort that is away keeps no other waiting, and is waited for once.
  private static void unlessAway(Line line, Set<Cohort> away, Runnable exchange) {
    if (!away.contains(line.cohort())) {
      try {
        exchange.run();
      } catch (PoolUnavailable _) {
        away.add(line.cohort()); // The next second tries again.
      }
    }
  }

  /// What waiting would be like; at most a second old. Blocks.
  WaitEstimate estimate(Cohort cohort, Gender gender, Criteria criteria, Instant now) {
    Crowd crowd = fresh(new Line(cohort, criteria.pool()), now);
    return new WaitEstimate(
        typical(crowd, gender, criteria),
        criteria.seeking().equals(Seeking.ANYONE)
            ? null
            : typical(crowd, gender, criteria.withoutSeeking()),
        criteria.tags().isEmpty() ? null : typical(crowd, gender, criteria.withoutTags()),
        criteria.languages().isEmpty()
            ? null
            : typical(crowd, gender, criteria.withoutLanguages()));
  }

  private Crowd fresh(Line line, Instant now) {
    Seen seen = newest.get(line);
    return seen != null && seen.at().plus(EVERY).isAfter(now)
        ? seen.crowd()
        : exchange(line, part(line), now);
  }

  private Crowd exchange(Line line, Map<Kind, Tally> part, Instant now) {
    Crowd crowd = board.exchange(line.cohort(), line.pool(), part);
    newest.put(line, new Seen(crowd, now));
    return crowd;
  }

  private static WaitEstimate.Wait typical(Crowd crowd, Gender gender, Criteria criteria) {
    return crowd.typical(SearchPlan.of(gender, criteria));
  }

  private Map<Kind, Tally> part(Line line) {
    lock.lock();
    try {
      return Map.copyOf(lately.getOrDefault(line, Map.of()));
    } finally {
      lock.unlock();
    }
  }

  /// Who stands here now; what happened lately fades.
  private Map<Line, Map<Kind, Tally>> count(Instant now) {
    lock.lock();
    try {
      double passed =
          countedAt.equals(Instant.MIN)
              ? 0
              : Math.max(0, Duration.between(countedAt, now).toMillis() / 1e3);
      countedAt = now;
      fade(Math.exp(-passed / Crowd.MEMORY.toSeconds()));
      Map<PoolAndLevel, Integer> levels = new HashMap<>();
      for (LiveTicket held : live.all()) {
        Standing standing = held.standing();
        if (standing != null && !held.isOver()) {
          Ticket ticket = held.ticket();
          Tally one = new Tally(1, standing.rank().micros(), passed, 0);
          lately
              .computeIfAbsent(Line.of(ticket), _ -> new HashMap<>())
              .merge(kind(ticket), one, Tally::plus);
          levels.merge(
              new PoolAndLevel(ticket.criteria().pool(), standing.level()), 1, Integer::sum);
        }
      }
      journal.waiting(levels);
      Map<Line, Map<Kind, Tally>> parts = new HashMap<>();
      lately.forEach((line, part) -> parts.put(line, Map.copyOf(part)));
      return parts;
    } finally {
      lock.unlock();
    }
  }

  private void fade(double factor) {
    for (Map<Kind, Tally> part : lately.values()) {
      part.replaceAll((_, old) -> new Tally(0, 0, old.waited() * factor, old.matched() * factor));
      part.values().removeIf(old -> old.waited() < FORGOTTEN && old.matched() < FORGOTTEN);
    }
    lately.values().removeIf(Map::isEmpty);
  }

  private static Kind kind(Ticket ticket) {
    return new Kind(ticket.side(), ticket.start());
  }
}
