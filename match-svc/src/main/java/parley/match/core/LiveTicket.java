package parley.match.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One ticket and the stream that holds it: opening → standing ⇄ proposed → ended. Every input is
/// serialised by the lock, which is held while the stream is told. What the inbox says while the
/// ticket is still opening is kept until it stands.
final class LiveTicket {
  /// What the passing of time asks for.
  enum Due {
    NOTHING,
    /// Its person fell silent.
    PARKING,
    /// It waited too long.
    EXPIRY,
    /// The next level.
    RELAXATION,
    /// Its proposal is out of time.
    DEADLINE
  }

  /// What is left to do after news.
  enum After {
    NOTHING,
    /// The stream was told an ending.
    WRITING_DOWN,
    /// It was sent back, and must be taken up.
    TAKING_UP
  }

  private static final Duration CLOCKS_APART = Duration.ofMillis(250);

  /// What is due and comes to nothing, because the pool is away, is due again after so long.
  private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

  private final Ticket ticket;
  private final TicketStream stream;
  private final Pools pools;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<OwnerNews> early = new ArrayList<>();
  private @Nullable Standing standing;
  private @Nullable Match proposed;
  private Instant answerBy = Instant.MAX;
  private Instant relaxesAt = Instant.MAX;
  private boolean accepted;
  private boolean ended;
  private Instant heardAt;
  private Instant expiresAt = Instant.MAX;
  private Instant toldAt = Instant.MIN;
  private TicketEvent.@Nullable Waiting told;

  /// @param pools as they are when the ticket opens
  LiveTicket(Ticket ticket, TicketStream stream, Pools pools, Instant now) {
    this.ticket = ticket;
    this.stream = stream;
    this.pools = pools;
    this.heardAt = now;
  }

  Ticket ticket() {
    return ticket;
  }

  /// Absent while it is opening.
  @Nullable Standing standing() {
    lock.lock();
    try {
      return standing;
    } finally {
      lock.unlock();
    }
  }

  /// It stands in line. False if the stream went away meanwhile: the caller must park it.
  boolean stood(Standing now, Instant at, MatchTimes times) {
    lock.lock();
    try {
      if (proposed != null && proposed.matchedAt().isAfter(now.at())) {
        return true; // A late answer: it was taken from the line since.
      }
      standing = now;
      proposed = null;
      expiresAt = at.plus(times.longestWait().minus(now.waited()));
      relaxesAt = relaxesAt(now, at);
      toldAt = Instant.MIN;
      if (ended) {
        return false;
      }
      accept();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Somebody was found, and both are asked. If the stream went away, the deadline decides.
  void asked(Match match, Standing before, Instant at) {
    lock.lock();
    try {
      standing = before;
      if (!ended) {
        accept();
        propose(match, at);
      }
    } finally {
      lock.unlock();
    }
  }

  /// What it is asked about.
  @Nullable Match proposed() {
    lock.lock();
    try {
      return proposed;
    } finally {
      lock.unlock();
    }
  }

  /// The next level, if it may take one and is not being asked.
  Optional<Level> next() {
    lock.lock();
    try {
      return standing == null || proposed != null
          ? Optional.empty()
          : standing.level().next().filter(level -> level.compareTo(ticket.widest()) <= 0);
    } finally {
      lock.unlock();
    }
  }

  Instant relaxesAt() {
    lock.lock();
    try {
      return relaxesAt;
    } finally {
      lock.unlock();
    }
  }

  /// It takes the next level at this moment, or, if that comes to nothing, is tried again then.
  void relaxAt(Instant moment) {
    lock.lock();
    try {
      relaxesAt = moment;
    } finally {
      lock.unlock();
    }
  }

  /// What other nodes said while it was opening; to be learnt now.
  List<OwnerNews> takeEarly() {
    lock.lock();
    try {
      List<OwnerNews> taken = List.copyOf(early);
      early.clear();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /// Something was done to it elsewhere.
  After learn(OwnerNews news, Instant now) {
    lock.lock();
    try {
      if (ended) {
        return After.NOTHING;
      }
      if (standing == null) {
        early.add(news);
        return After.NOTHING;
      }
      apply(news, now);
      return ended
          ? After.WRITING_DOWN
          : news instanceof OwnerNews.Returned ? After.TAKING_UP : After.NOTHING;
    } finally {
      lock.unlock();
    }
  }

  void heard(Instant now) {
    lock.lock();
    try {
      heardAt = now;
    } finally {
      lock.unlock();
    }
  }

  /// The match is told after `accepted`, also to a ticket that never stood.
  boolean matched(Match match) {
    lock.lock();
    try {
      if (!ended) {
        accept();
      }
      return end(new TicketEvent.Matched(ticket, match));
    } finally {
      lock.unlock();
    }
  }

  /// True if it was open until now.
  boolean end(TicketEvent.Ending ending) {
    lock.lock();
    try {
      if (ended) {
        return false;
      }
      ended = true;
      stream.tell(ending);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// The stream is gone: nothing more is told. True if it was open until now.
  boolean gone() {
    lock.lock();
    try {
      boolean wasOpen = !ended;
      ended = true;
      return wasOpen;
    } finally {
      lock.unlock();
    }
  }

  boolean isOver() {
    lock.lock();
    try {
      return ended;
    } finally {
      lock.unlock();
    }
  }

  /// Tells news that is due, and says what else is.
  Due tick(Instant now, MatchTimes times, @Nullable Crowd crowd) {
    lock.lock();
    try {
      if (ended || standing == null) {
        return Due.NOTHING;
      }
      if (proposed != null) {
        if (!answerBy.isBefore(now)) {
          return Due.NOTHING;
        }
        answerBy = now.plus(TRY_AGAIN);
        return Due.DEADLINE;
      }
      if (heardAt.plus(times.silence()).isBefore(now)) {
        return Due.PARKING;
      }
      if (expiresAt.isBefore(now)) {
        expiresAt = now.plus(TRY_AGAIN);
        return Due.EXPIRY;
      }
      tellWaiting(now, times, crowd);
      return relaxesAt.isAfter(now) ? Due.NOTHING : Due.RELAXATION;
    } finally {
      lock.unlock();
    }
  }

  private void accept() {
    if (!accepted) {
      accepted = true;
      stream.tell(new TicketEvent.Accepted(ticket, rules()));
    }
  }

  private void apply(OwnerNews news, Instant now) {
    switch (news) {
      case OwnerNews.PeerFound found -> end(new TicketEvent.Matched(ticket, found.match()));
      case OwnerNews.Proposed asked -> propose(asked.match(), now);
      case OwnerNews.Returned _ -> proposed = null;
      case OwnerNews.Paused paused -> end(new TicketEvent.Paused(paused.lasts()));
      case OwnerNews.Cancelled _ -> end(new TicketEvent.Cancelled());
      case OwnerNews.Heard heard -> {
        heardAt = now;
        if (heard.sign() == Sign.RELAX_NOW && next().isPresent()) {
          relaxesAt = now;
        }
      }
      case OwnerNews.TakenOver taken -> {
        if (standing != null && standing.attachment() == taken.attachment()) {
          end(new TicketEvent.Moved());
        }
      }
    }
  }

  /// How long there is to answer is a length of Redis' clock; it is counted from here by this one.
  private void propose(Match match, Instant now) {
    proposed = match;
    Duration within = Duration.between(match.matchedAt(), match.enterBy());
    answerBy = now.plus(within).plus(CLOCKS_APART);
    stream.tell(new TicketEvent.Proposed(ticket, match));
  }

  /// A pool's times with a jitter of a fifth, the same for each stream of a ticket, so that those
  /// who came together do not relax together.
  private Instant relaxesAt(Standing now, Instant at) {
    return next()
        .map(rules()::reaches)
        .map(
            after -> {
              int promille = 800 + Math.floorMod(ticket.id().hashCode(), 401);
              return at.plus(after.multipliedBy(promille).dividedBy(1000).minus(now.waited()));
            })
        .orElse(Instant.MAX);
  }

  private PoolRules rules() {
    return pools.of(ticket.criteria().pool());
  }

  private void tellWaiting(Instant now, MatchTimes times, @Nullable Crowd crowd) {
    if (standing == null || toldAt.isAfter(now.minus(times.updateEvery()))) {
      return;
    }
    TicketEvent.Waiting news = waiting(standing, now, crowd);
    boolean overdue = Duration.between(toldAt, now).compareTo(times.updateAtLeast()) >= 0;
    if (overdue || !news.equals(told)) {
      toldAt = now;
      told = news;
      stream.tell(news);
    }
  }

  private TicketEvent.Waiting waiting(Standing now, Instant moment, @Nullable Crowd crowd) {
    Duration left = relaxesAt.equals(Instant.MAX) ? null : Duration.between(moment, relaxesAt);
    Duration relaxesIn = left == null || left.isPositive() ? left : Duration.ZERO;
    if (crowd == null) {
      return new TicketEvent.Waiting(now.level(), 0, 0, null, relaxesIn);
    }
    Crowd.Kind kind = new Crowd.Kind(ticket.side(), ticket.plan().start());
    return new TicketEvent.Waiting(
        now.level(),
        crowd.place(ticket.side(), now.rank()),
        crowd.shownWaiting(),
        crowd.left(kind, now.rank()),
        relaxesIn);
  }
}
