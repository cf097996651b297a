package parley.match.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;
import parley.domain.Cohort;
import parley.domain.ParticipantId;
import parley.domain.SessionId;
import parley.match.core.port.PoolUnavailable;
import parley.match.core.port.TicketJournal;
import parley.match.core.port.TicketPool;

/// Holds the tickets whose streams end at this node, and tells each stream what becomes of its
/// ticket.
///
/// A ticket is held before the pool hears of it, so that news from other nodes finds it. Time comes
/// with [#tick]. What blocks says so; its callers are virtual threads.
public final class TicketOwner {
  private static final int ENTERING_AT_ONCE = 256;

  private final TicketPool pool;
  private final MatchTimes times;
  private final TicketJournal journal;
  private final Supplier<SessionId> sessions;
  private final Executor tasks;
  private final LiveTickets live = new LiveTickets();
  private final Parking parking;
  private final Censuses censuses;
  private volatile Instant now = Instant.EPOCH;
  private volatile boolean draining;

  /// @param tasks runs what may block
  public TicketOwner(
      TicketPool pool,
      MatchTimes times,
      TicketJournal journal,
      Supplier<SessionId> sessions,
      Executor tasks) {
    this.pool = pool;
    this.times = times;
    this.journal = journal;
    this.sessions = sessions;
    this.tasks = tasks;
    this.parking = new Parking(pool, live, journal);
    this.censuses = new Censuses(pool, live);
  }

  /// A new ticket, or the same request again. Blocks until the stream was told something.
  public TicketHold make(Ticket ticket, TicketStream stream) {
    LiveTicket held = live.get(ticket.id());
    if (held != null && !held.ticket().asksTheSame(ticket)) {
      stream.tell(new TicketEvent.RequestIdReused());
      return TicketHold.NONE;
    }
    return open(ticket, stream, this::arrive);
  }

  /// A stream takes up a ticket that was made before, here or elsewhere. Blocks like [#make].
  public TicketHold takeUp(
      Cohort cohort, ParticipantId participant, TicketId id, TicketStream stream) {
    Optional<HeldTicket> found = findOwn(cohort, participant, id);
    if (found.isEmpty()) {
      stream.tell(new TicketEvent.NoSuchTicket());
      return TicketHold.NONE;
    }
    return open(found.get().ticket(), stream, this::attach);
  }

  /// The person of a ticket is still there. Blocks if another node holds it.
  public Ending keep(Cohort cohort, ParticipantId participant, TicketId id) {
    LiveTicket held = live.get(id);
    if (held != null && held.ticket().participant().equals(participant)) {
      held.heard(now);
      return new Ending.Done();
    }
    return pool.keep(cohort, participant, id);
  }

  /// Blocks.
  public Ending cancel(Cohort cohort, ParticipantId participant, TicketId id) {
    Ending ending = pool.cancel(cohort, participant, id);
    LiveTicket held = live.get(id);
    if (ending instanceof Ending.Done && held != null) {
      finish(held, TicketState.CANCELLED, new TicketEvent.Cancelled());
    }
    return ending;
  }

  /// The participant's last ticket. Blocks.
  public Optional<HeldTicket> current(Cohort cohort, ParticipantId participant) {
    return pool.find(cohort, participant);
  }

  /// Another node did something to a ticket of ours.
  public void learn(OwnerNews news) {
    LiveTicket held = live.get(news.ticket());
    if (held == null) {
      return;
    }
    if (news instanceof OwnerNews.Heard) {
      held.heard(now);
    } else if (held.learn(news)) {
      writeDown(held, news);
    }
  }

  /// The pool lost its state: what stood enters again with its rank. Blocks.
  public void enterAgain(Cohort cohort) {
    Semaphore gate = new Semaphore(ENTERING_AT_ONCE);
    for (LiveTicket held : live.all()) {
      Standing standing = held.standing();
      if (held.ticket().cohort() == cohort && standing != null) {
        gate.acquireUninterruptibly();
        tasks.execute(
            () -> {
              try {
                step(held, mine -> enterAgain(mine, standing.rank()));
              } finally {
                gate.release();
              }
            });
      }
    }
  }

  /// Called at short, even intervals, by one thread.
  public void tick(Instant moment) {
    now = moment;
    tasks.execute(parking::retry);
    if (censuses.isDue(moment, times)) {
      tasks.execute(censuses::count);
    }
    for (LiveTicket held : live.all()) {
      switch (held.tick(moment, times, censuses.of(held.ticket()))) {
        case NOTHING -> {}
        case PARKING -> tasks.execute(() -> resumeElsewhere(held));
        case EXPIRY -> tasks.execute(() -> expire(held));
      }
    }
  }

  /// Tells every stream to resume elsewhere and parks what stood; streams that come later are told
  /// so at once. Blocks.
  public void drain() {
    draining = true;
    live.all().forEach(this::resumeElsewhere);
  }

  private Optional<HeldTicket> findOwn(Cohort cohort, ParticipantId participant, TicketId id) {
    return pool.find(cohort, participant).filter(held -> held.ticket().id().equals(id));
  }

  private TicketHold open(Ticket ticket, TicketStream stream, Consumer<LiveTicket> opening) {
    if (draining) {
      stream.tell(new TicketEvent.Resume());
      return TicketHold.NONE;
    }
    LiveTicket mine = new LiveTicket(ticket, stream, now);
    live.hold(mine);
    step(mine, opening);
    return () -> tasks.execute(() -> leave(mine));
  }

  /// Where a step came to no answer, the ticket may stand or not: it is parked, and its stream told
  /// to come again.
  private void step(LiveTicket mine, Consumer<LiveTicket> step) {
    try {
      live.oneAtATime(
          mine.ticket().id(),
          () -> {
            if (!mine.isOver()) {
              step.accept(mine);
            }
          });
    } catch (PoolUnavailable unknown) {
      resumeElsewhere(mine);
    }
  }

  private void arrive(LiveTicket mine) {
    settleIn(mine, pool.arrive(mine.ticket(), sessions.get()));
  }

  private void enterAgain(LiveTicket mine, Rank rank) {
    settleIn(mine, pool.arriveAgain(mine.ticket(), rank, sessions.get()));
  }

  private void settleIn(LiveTicket mine, Arrival arrival) {
    switch (arrival) {
      case Arrival.Stood stood -> {
        journal.made(mine.ticket());
        stood(mine, stood.standing());
      }
      case Arrival.Met met -> {
        journal.made(mine.ticket());
        matched(mine, met.match());
      }
      case Arrival.Known known when known.held().ticket().asksTheSame(mine.ticket()) ->
          attach(mine);
      case Arrival.Known _ -> tell(mine, new TicketEvent.RequestIdReused());
      case Arrival.Occupied occupied -> tell(mine, refusal(occupied.other()));
    }
  }

  private void attach(LiveTicket mine) {
    switch (pool.attach(mine.ticket(), sessions.get())) {
      case Attachment.Stood stood -> stood(mine, stood.standing());
      case Attachment.Met met -> matched(mine, met.match());
      case Attachment.MetBefore met -> {
        mine.matched(met.match());
        live.release(mine);
      }
      case Attachment.Over over -> tell(mine, ending(over.held()));
      case Attachment.NoTicket _ -> tell(mine, new TicketEvent.NoSuchTicket());
    }
  }

  private void stood(LiveTicket mine, Standing standing) {
    Duration left = times.longestWait().minus(standing.waited());
    if (!mine.stood(standing, now.plus(left))) {
      tasks.execute(() -> parking.park(mine.ticket()));
      return;
    }
    mine.takeEarly().forEach(this::learn);
    mine.tick(now, times, censuses.of(mine.ticket()));
  }

  private void matched(LiveTicket mine, Match match) {
    mine.matched(match);
    live.release(mine);
    journal.matched(mine.ticket(), match);
  }

  private void tell(LiveTicket mine, TicketEvent.Ending ending) {
    mine.end(ending);
    live.release(mine);
  }

  private void finish(LiveTicket mine, TicketState state, TicketEvent.Ending ending) {
    if (mine.end(ending)) {
      journal.ended(mine.ticket(), state);
    }
    live.release(mine);
  }

  private void writeDown(LiveTicket held, OwnerNews news) {
    live.release(held);
    switch (news) {
      case OwnerNews.PeerFound found -> journal.matched(held.ticket(), found.match());
      case OwnerNews.Cancelled _ -> journal.ended(held.ticket(), TicketState.CANCELLED);
      case OwnerNews.TakenOver _, OwnerNews.Heard _ -> {}
    }
  }

  private void leave(LiveTicket held) {
    if (held.gone()) {
      live.release(held);
      parking.park(held.ticket());
    }
  }

  private void resumeElsewhere(LiveTicket held) {
    if (held.end(new TicketEvent.Resume())) {
      live.release(held);
      parking.park(held.ticket());
    }
  }

  private void expire(LiveTicket held) {
    Ticket ticket = held.ticket();
    try {
      Ending ending = pool.expire(ticket.cohort(), ticket.participant(), ticket.id());
      boolean taken =
          ending instanceof Ending.NotWaiting other && other.state() == TicketState.MATCHED;
      if (!taken) {
        finish(held, TicketState.EXPIRED, new TicketEvent.Expired());
      }
    } catch (PoolUnavailable _) {
      // The next tick tries again.
    }
  }

  private static TicketEvent.Ending refusal(HeldTicket other) {
    return other.state() == TicketState.MATCHED && other.session() != null
        ? new TicketEvent.AlreadyInSession(other.session())
        : new TicketEvent.AnotherTicketLive(other.ticket().id(), other.state());
  }

  private static TicketEvent.Ending ending(HeldTicket over) {
    return switch (over.state()) {
      case MET ->
          over.session() == null
              ? new TicketEvent.Expired()
              : new TicketEvent.AlreadyInSession(over.session());
      case CANCELLED -> new TicketEvent.Cancelled();
      case EXPIRED, WAITING, PARKED, MATCHED -> new TicketEvent.Expired();
    };
  }
}
