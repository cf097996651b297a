package parley.match.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The moments of one ticket in line, by its owner's steady clock. Guarded by its ticket's lock.
final class TicketClock {
  /// What is due and comes to nothing, because the pool is away, is due again after so long.
  static final Duration TRY_AGAIN = Duration.ofSeconds(1);

  private final Ticket ticket;
  private final PoolRules rules;
  private final FallbackTimer fallback;
  private Instant heardAt;
  private Instant relaxesAt = Instant.MAX;
  private Instant expiresAt = Instant.MAX;
  private Instant searchesAt = Instant.MAX;

  TicketClock(Ticket ticket, PoolRules rules, Instant now) {
    this.ticket = ticket;
    this.rules = rules;
    this.fallback = new FallbackTimer(promille(ticket));
    this.heardAt = now;
  }

  /// Who is older than the longest wait has talked with an AI peer, and waits anew.
  ///
  /// @param nextAfter when it takes its next level, counted from when it was made
  void stood(Standing now, Instant at, Optional<Duration> nextAfter, MatchTimes times) {
    Duration left = times.longestWait().minus(now.waited());
    expiresAt = at.plus(left.isPositive() ? left : times.longestWait());
    relaxesAt =
        nextAfter
            .map(after -> at.plus(jittered(after, promille(ticket)).minus(now.waited())))
            .orElse(Instant.MAX);
    Duration calm = now.ai().calm();
    if (calm != null) {
      searchesAt = at.plus(calm);
    }
    planFallback(now, now.ai().welcome(), at);
  }

  /// It looked through all of its line, not only through what a level adds.
  void looked() {
    searchesAt = Instant.MAX;
  }

  /// With an AI peer: in line for as long as its person says so, and no other AI peer comes.
  void isTalking() {
    expiresAt = Instant.MAX;
    fallback.stop();
  }

  void planFallback(Standing now, AiWelcome welcome, Instant at) {
    if (welcome == AiWelcome.NEVER || rules.ai() == AiSwitch.OFF) {
      fallback.stop();
    } else {
      Duration wished = ticket.criteria().ai().after();
      Duration after = wished == null ? rules.aiAfter() : wished;
      fallback.startAt(at.plus(after.minus(now.waited())));
    }
  }

  FallbackTimer fallback() {
    return fallback;
  }

  void heard(Instant now) {
    heardAt = now;
  }

  Instant relaxesAt() {
    return relaxesAt;
  }

  void relaxAt(Instant moment) {
    relaxesAt = moment;
  }

  /// Absent if never; zero while it is due.
  @Nullable Duration relaxesIn(Instant now) {
    Duration left = relaxesAt.equals(Instant.MAX) ? null : Duration.between(now, relaxesAt);
    return left == null || left.isPositive() ? left : Duration.ZERO;
  }

  Due due(Instant now, MatchTimes times) {
    if (heardAt.plus(times.silence()).isBefore(now)) {
      return Due.PARKING;
    }
    if (expiresAt.isBefore(now)) {
      expiresAt = now.plus(TRY_AGAIN);
      return Due.EXPIRY;
    }
    if (!relaxesAt.isAfter(now)) {
      return Due.RELAXATION;
    }
    if (!searchesAt.isAfter(now)) {
      searchesAt = now.plus(TRY_AGAIN);
      return Due.SEARCH;
    }
    return fallback.isDue(now) ? Due.FALLBACK : Due.NOTHING;
  }

  /// A pool's times with a jitter of a fifth, the same for each stream of a ticket, so that those
  /// who came together do not relax, or ask, together.
  private static int promille(Ticket ticket) {
    return 800 + Math.floorMod(ticket.id().hashCode(), 401);
  }

  static Duration jittered(Duration duration, int promille) {
    return duration.multipliedBy(promille).dividedBy(1000);
  }
}
