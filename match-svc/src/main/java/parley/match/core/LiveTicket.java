package parley.match.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One ticket and the stream that holds it: opening → standing ⇄ proposed → ended. Every input is
/// serialised by the lock, which is held while the stream is told. What the inbox says while the
/// ticket is still opening is kept until it stands.
final class LiveTicket {
  /// What is left to do after news.
  enum After {
    NOTHING,
    /// The stream was told an ending.
    WRITING_DOWN,
    /// It was sent back, and must be taken up.
    TAKING_UP
  }

  private static final Duration CLOCKS_APART = Duration.ofMillis(250);

  private final Ticket ticket;
  private final TicketStream stream;
  private final Pools pools;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<OwnerNews> early = new ArrayList<>();
  private @Nullable Standing standing;
  private @Nullable Match proposed;
  private Instant answerBy = Instant.MAX;
  private final TicketClock clock;
  private AiWelcome welcome;
  private boolean accepted;
  private boolean ended;
  private Instant toldAt = Instant.MIN;
  private TicketEvent.@Nullable Waiting told;

  /// @param pools as they are when the ticket opens
  LiveTicket(Ticket ticket, TicketStream stream, Pools pools, Instant now) {
    this.ticket = ticket;
    this.stream = stream;
    this.pools = pools;
    this.clock = new TicketClock(ticket, rules(), now);
    this.welcome = ticket.criteria().ai().welcome();
  }

  Ticket ticket() {
    return ticket;
  }

  /// The AI peer that talks with its person, if it is held without a stream.
  @Nullable Companion companion() {
    return stream.companion();
  }

  /// As its person said last.
  AiWelcome welcome() {
    return locked(() -> welcome);
  }

  /// The wish for AI peers has changed; as it stands now it would enter again.
  void wish(AiWelcome now, Instant at) {
    lock.lock();
    try {
      welcome = now;
      standing = standing == null ? null : standing.welcoming(now);
      if (standing != null && companion() == null) {
        clock.planFallback(standing, now, at);
      }
    } finally {
      lock.unlock();
    }
  }

  /// True if an AI peer is to be asked for now; the caller then asks.
  boolean beginFallback(Instant now) {
    return locked(() -> !ended && proposed == null && clock.fallback().begin(now));
  }

  /// None is asked for any more.
  void endFallback() {
    lock.lock();
    try {
      clock.fallback().stop();
    } finally {
      lock.unlock();
    }
  }

  /// No AI peer came: it is asked for again, later.
  void noneCame(Instant now) {
    lock.lock();
    try {
      clock.fallback().none(now);
      toldAt = Instant.MIN;
    } finally {
      lock.unlock();
    }
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
      if (standing == null || standing.attachment() != now.attachment()) {
        clock.looked();
      }
      standing = now;
      proposed = null;
      welcome = now.ai().welcome();
      clock.stood(now, at, nextAt(), times);
      if (companion() != null) {
        clock.isTalking();
      }
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

  /// Somebody was found, and both are asked. False if the stream went away meanwhile: whoever is
  /// asked is asked in vain then.
  boolean asked(Match match, Standing before, Instant at) {
    lock.lock();
    try {
      standing = before;
      if (!ended) {
        accept();
        propose(match, at);
      }
      return !ended;
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
    return locked(
        () ->
            standing == null || proposed != null
                ? Optional.empty()
                : standing.level().next().filter(level -> level.compareTo(ticket.widest()) <= 0));
  }

  Instant relaxesAt() {
    return locked(clock::relaxesAt);
  }

  /// The level that it is to take, if it is time; if that comes to nothing, it is due again after
  /// [TicketClock#TRY_AGAIN].
  Optional<Level> beginRelaxing(Instant now) {
    lock.lock();
    try {
      boolean isDue = !ended && !clock.relaxesAt().isAfter(now);
      if (isDue) {
        clock.relaxAt(now.plus(TicketClock.TRY_AGAIN));
      }
      return isDue ? next() : Optional.empty();
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

  /// The match is told after `accepted`, also to a ticket that never stood.
  boolean matched(Match match) {
    return endAccepted(new TicketEvent.Matched(ticket, match));
  }

  /// As [#matched], with an AI peer.
  boolean matchedAi(AiMatch match) {
    return endAccepted(new TicketEvent.MatchedAi(ticket, match));
  }

  private boolean endAccepted(TicketEvent.Ending ending) {
    lock.lock();
    try {
      if (!ended) {
        accept();
      }
      return end(ending);
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
    return locked(() -> ended);
  }

  private <T> T locked(Supplier<T> reading) {
    lock.lock();
    try {
      return reading.get();
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
        answerBy = now.plus(TicketClock.TRY_AGAIN);
        return Due.DEADLINE;
      }
      Due due = clock.due(now, times);
      if (due != Due.PARKING && due != Due.EXPIRY) {
        tellWaiting(now, times, crowd);
      }
      return due;
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
      case OwnerNews.PeerFound found -> {
        if (!isPast(found.match())) {
          end(new TicketEvent.Matched(ticket, found.match()));
        }
      }
      case OwnerNews.Proposed asked -> {
        if (!isPast(asked.match())) {
          propose(asked.match(), now);
        }
      }
      case OwnerNews.Returned back -> {
        if (proposed != null && companion() != null) {
          stream.tell(new TicketEvent.Withdrawn(proposed.session(), back.why()));
        }
        proposed = null;
      }
      case OwnerNews.Rests _ ->
          end(new TicketEvent.Rests(proposed == null ? null : proposed.session()));
      case OwnerNews.Wished wished -> wish(wished.welcome(), now);
      case OwnerNews.Paused paused -> end(new TicketEvent.Paused(paused.lasts()));
      case OwnerNews.Cancelled _ -> end(new TicketEvent.Cancelled());
      case OwnerNews.Heard heard -> {
        clock.heard(now);
        if (standing != null && heard.asksToLeave(standing.level()) && next().isPresent()) {
          clock.relaxAt(now);
        }
      }
      case OwnerNews.TakenOver taken -> {
        if (standing != null && standing.attachment() == taken.attachment()) {
          end(new TicketEvent.Moved());
        }
      }
    }
  }

  /// It came to nothing since: news is heard again when the inbox is read from its start.
  private boolean isPast(Match match) {
    return standing != null && match.member(ticket.participant()).attempt() < standing.attempt();
  }

  /// How long there is to answer is a length of Redis' clock; it is counted from here by this one.
  private void propose(Match match, Instant now) {
    proposed = match;
    Duration within = Duration.between(match.matchedAt(), match.enterBy());
    answerBy = now.plus(within).plus(CLOCKS_APART);
    stream.tell(
        match.isAccepted(ticket.participant())
            ? new TicketEvent.PeerAsked(within)
            : new TicketEvent.Proposed(ticket, match));
  }

  private Optional<Duration> nextAt() {
    return next().map(rules()::reaches);
  }

  private PoolRules rules() {
    return pools.of(ticket.criteria().pool());
  }

  private void tellWaiting(Instant now, MatchTimes times, @Nullable Crowd crowd) {
    boolean isEarly = toldAt.isAfter(now.minus(times.updateEvery()));
    if (standing == null || isEarly || companion() != null) {
      return;
    }
    TicketEvent.Waiting news =
        new WaitingNews(ticket, standing, clock.relaxesIn(now), clock.fallback().prospect(now))
            .with(crowd);
    boolean overdue = Duration.between(toldAt, now).compareTo(times.updateAtLeast()) >= 0;
    if (overdue || !news.equals(told)) {
      toldAt = now;
      told = news;
      stream.tell(news);
    }
  }
}
