package parley.match.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One ticket and the stream that holds it: opening → standing → ended. Every input is serialised
/// by the lock, which is held while the stream is told. What other nodes say while the ticket is
/// still opening is kept until it stands.
final class LiveTicket {
  /// What the passing of time asks for.
  enum Due {
    NOTHING,
    /// Its person fell silent.
    PARKING,
    /// It waited too long.
    EXPIRY
  }

  private final Ticket ticket;
  private final TicketStream stream;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<OwnerNews> early = new ArrayList<>();
  private @Nullable Standing standing;
  private boolean accepted;
  private boolean ended;
  private Instant heardAt;
  private Instant expiresAt = Instant.MAX;
  private Instant toldAt = Instant.MIN;
  private TicketEvent.@Nullable Waiting told;

  LiveTicket(Ticket ticket, TicketStream stream, Instant now) {
    this.ticket = ticket;
    this.stream = stream;
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
  boolean stood(Standing now, Instant expires) {
    lock.lock();
    try {
      standing = now;
      expiresAt = expires;
      if (ended) {
        return false;
      }
      accept();
      return true;
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

  /// Another node says something about it. True if this ended it.
  boolean learn(OwnerNews news) {
    lock.lock();
    try {
      if (ended) {
        return false;
      }
      if (standing == null) {
        early.add(news);
      } else {
        apply(news);
      }
      return ended;
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
  Due tick(Instant now, MatchTimes times, @Nullable Census census) {
    lock.lock();
    try {
      if (ended || standing == null) {
        return Due.NOTHING;
      }
      if (heardAt.plus(times.silence()).isBefore(now)) {
        return Due.PARKING;
      }
      if (expiresAt.isBefore(now)) {
        return Due.EXPIRY;
      }
      tellWaiting(now, times, census);
      return Due.NOTHING;
    } finally {
      lock.unlock();
    }
  }

  private void accept() {
    if (!accepted) {
      accepted = true;
      stream.tell(new TicketEvent.Accepted(ticket));
    }
  }

  private void apply(OwnerNews news) {
    switch (news) {
      case OwnerNews.PeerFound found -> end(new TicketEvent.Matched(ticket, found.match()));
      case OwnerNews.Cancelled _ -> end(new TicketEvent.Cancelled());
      case OwnerNews.Heard _ -> {}
      case OwnerNews.TakenOver taken -> {
        if (standing != null && standing.attachment() == taken.attachment()) {
          end(new TicketEvent.Moved());
        }
      }
    }
  }

  private void tellWaiting(Instant now, MatchTimes times, @Nullable Census census) {
    if (standing == null || toldAt.isAfter(now.minus(times.updateEvery()))) {
      return;
    }
    TicketEvent.Waiting news =
        new TicketEvent.Waiting(
            Level.ANYONE,
            census == null ? 0 : census.place(ticket.side(), standing.rank()),
            census == null ? 0 : census.shownWaiting());
    boolean overdue = Duration.between(toldAt, now).compareTo(times.updateAtLeast()) >= 0;
    if (overdue || !news.equals(told)) {
      toldAt = now;
      told = news;
      stream.tell(news);
    }
  }
}
