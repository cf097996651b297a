package parley.match.core;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import parley.domain.Cohort;
import parley.domain.Gender;
import parley.domain.ParticipantId;
import parley.domain.SessionId;
import parley.match.core.port.AiPeers;
import parley.match.core.port.CrowdBoard;
import parley.match.core.port.Inboxes;
import parley.match.core.port.TicketJournal;
import parley.match.core.port.TicketPool;

/// Holds the tickets whose streams end at this node, and tells each stream what becomes of its
/// ticket.
///
/// A ticket is held before the pool hears of it, so that news from other nodes finds it. Time comes
/// with [#tick]. What blocks says so; its callers are virtual threads.
public final class TicketOwner {
  private static final int ENTERING_AT_ONCE = 256;

  /// A tick comes four times a second: whoever is over this is late.
  private static final int RELAXING_A_TICK = 500;

  private static final int FALLBACKS_A_TICK = 250;

  private static final Duration PARKING_WITHIN = Duration.ofSeconds(5);

  private final TicketPool pool;
  private final MatchTimes times;
  private final Supplier<Pools> pools;
  private final Executor tasks;
  private final LiveTickets live = new LiveTickets();
  private final Parking parking;
  private final Crowds crowds;
  private final TicketSteps steps;
  private final Fallbacks fallbacks;
  private final Companions companions;
  private final Set<Step> underWay = ConcurrentHashMap.newKeySet();
  private volatile boolean draining;

  /// What an owner is made of.
  ///
  /// @param pools the newest, at each call
  /// @param sessions a new id, at each call
  /// @param tasks runs what may block
  /// @param steady a clock that never goes back
  public record Parts(
      TicketPool pool,
      CrowdBoard board,
      AiPeers peers,
      Inboxes inboxes,
      MatchTimes times,
      Supplier<Pools> pools,
      TicketJournal journal,
      Supplier<SessionId> sessions,
      Executor tasks,
      InstantSource steady) {}

  public TicketOwner(Parts parts) {
    this.pool = parts.pool();
    this.times = parts.times();
    this.pools = parts.pools();
    this.tasks = parts.tasks();
    this.parking = new Parking(pool, live, parts.journal());
    this.crowds = new Crowds(parts.board(), live, parts.journal());
    this.steps = new TicketSteps(parts, live, parking, crowds);
    this.fallbacks = new Fallbacks(parts, live, steps);
    this.companions = new Companions(parts, live, steps);
  }

  /// A new ticket, or the same request again. Blocks until the stream was told something.
  public TicketHold make(Ticket ticket, TicketStream stream) {
    LiveTicket held = live.get(ticket.id());
    if (held != null && !held.ticket().asksTheSame(ticket)) {
      stream.tell(new TicketEvent.RequestIdReused());
      return TicketHold.NONE;
    }
    return open(ticket, stream, steps::arrive);
  }

  /// A stream takes up a ticket that was made before, here or elsewhere. Blocks like [#make].
  public TicketHold takeUp(
      Cohort cohort, ParticipantId participant, TicketId id, TicketStream stream) {
    Optional<HeldTicket> found = findOwn(cohort, participant, id);
    if (found.isEmpty()) {
      stream.tell(new TicketEvent.NoSuchTicket());
      return TicketHold.NONE;
    }
    return open(found.get().ticket(), stream, steps::attach);
  }

  /// The person of a ticket is still there. Blocks if another node holds it, or none: then this one
  /// does, if the person talks with an AI peer.
  public Ending keep(Cohort cohort, ParticipantId participant, TicketId id, Sign sign) {
    return heardHere(participant, id, sign) == null
        ? companions.keep(cohort, participant, id, sign)
        : new Ending.Done();
  }

  /// As [#keep]; and from now on AI peers are as welcome as this says. Blocks if that is news.
  public Ending keep(
      Cohort cohort, ParticipantId participant, TicketId id, Sign sign, AiWelcome welcome) {
    LiveTicket held = heardHere(participant, id, sign);
    if (held == null) {
      pool.keep(cohort, participant, id, sign);
    }
    return held != null && held.welcome() == welcome
        ? new Ending.Done()
        : companions.wish(cohort, participant, id, welcome);
  }

  private @Nullable LiveTicket heardHere(ParticipantId participant, TicketId id, Sign sign) {
    LiveTicket held = live.get(id);
    if (held == null || !held.ticket().participant().equals(participant)) {
      return null;
    }
    learn(new OwnerNews.Heard(id, sign));
    return held;
  }

  /// Who is asked and cancels declines first. Blocks.
  public Ending cancel(Cohort cohort, ParticipantId participant, TicketId id) {
    Ending ending = pool.cancel(cohort, participant, id);
    if (ending instanceof Ending.NotWaiting asked
        && asked.state() == TicketState.PROPOSED
        && asked.session() != null) {
      pool.answer(cohort, participant, asked.session(), Verdict.DECLINE);
      ending = pool.cancel(cohort, participant, id);
    }
    LiveTicket held = live.get(id);
    if (ending instanceof Ending.Done && held != null) {
      steps.finish(held, TicketState.CANCELLED, new TicketEvent.Cancelled());
    }
    return ending;
  }

  /// A person says yes or no to a proposal. What follows, the streams of both are told, or the
  /// inbox of who talks with an AI peer. Blocks.
  public ProposalOutcome answer(
      Cohort cohort, ParticipantId participant, SessionId proposal, Verdict verdict) {
    companions.holdAsked(cohort, participant, proposal);
    return pool.answer(cohort, participant, proposal, verdict);
  }

  /// What waiting would be like with these wishes. Blocks.
  public WaitEstimate estimate(Cohort cohort, Gender gender, Criteria criteria) {
    return crowds.estimate(cohort, gender, criteria, steps.now());
  }

  /// The participant's last ticket. Blocks.
  public Optional<HeldTicket> current(Cohort cohort, ParticipantId participant) {
    return pool.find(cohort, participant);
  }

  /// Something was done elsewhere to a ticket of ours.
  public void learn(OwnerNews news) {
    steps.learn(news);
  }

  /// The pool lost its state: what stood enters again with its rank. Blocks.
  public void enterAgain(Cohort cohort) {
    Semaphore gate = new Semaphore(ENTERING_AT_ONCE);
    for (LiveTicket held : live.all()) {
      if (held.ticket().cohort() == cohort) {
        gate.acquireUninterruptibly();
        tasks.execute(
            () -> {
              try {
                steps.step(held, steps::enterAgain);
              } finally {
                gate.release();
              }
            });
      }
    }
  }

  /// Called at short, even intervals, by one thread. While the pool is away tasks wait, one of a
  /// kind for each ticket; so a task says what it was made for, and does nothing once that is over.
  public void tick(Instant moment) {
    tasks.execute(parking::retry);
    if (crowds.isDue(moment)) {
      tasks.execute(() -> crowds.exchange(moment));
    }
    List<Relaxing> relaxing = new ArrayList<>();
    int asking = 0;
    for (LiveTicket held : live.all()) {
      switch (held.tick(moment, times, crowds.of(held.ticket()))) {
        case NOTHING -> {}
        case PARKING -> once(held, Due.PARKING, () -> steps.resumeElsewhere(held));
        case EXPIRY -> once(held, Due.EXPIRY, () -> steps.expire(held));
        case RELAXATION -> relaxing.add(new Relaxing(held, held.relaxesAt()));
        case DEADLINE -> {
          Match match = held.proposed();
          once(held, Due.DEADLINE, () -> steps.endAsking(held, match));
        }
        case SEARCH -> {
          Standing standing = held.standing();
          once(held, Due.SEARCH, () -> steps.searchAgain(held, standing));
        }
        case FALLBACK -> {
          if (++asking <= FALLBACKS_A_TICK && held.beginFallback(moment)) {
            once(held, Due.FALLBACK, () -> fallbacks.ask(held));
          }
        }
      }
    }
    relaxing.sort(Comparator.comparing(Relaxing::since));
    for (Relaxing one : relaxing.subList(0, Math.min(relaxing.size(), RELAXING_A_TICK))) {
      LiveTicket held = one.ticket();
      held.beginRelaxing(moment)
          .ifPresent(to -> once(held, Due.RELAXATION, () -> steps.relax(held, to)));
    }
  }

  /// Unless the same is under way: it is due again then, or over.
  private void once(LiveTicket held, Due kind, Runnable step) {
    Step mark = new Step(held, kind);
    if (underWay.add(mark)) {
      tasks.execute(
          () -> {
            try {
              step.run();
            } finally {
              underWay.remove(mark);
            }
          });
    }
  }

  /// Of one ticket, as held by one stream.
  private record Step(LiveTicket ticket, Due kind) {}

  /// A ticket whose next level is due.
  private record Relaxing(LiveTicket ticket, Instant since) {}

  /// Tells every stream to resume elsewhere, then parks what stood, for a few seconds: what is left
  /// then, the end of the lease parks. Streams that come later are told so at once. Blocks.
  public void drain() {
    draining = true;
    companions.drain();
    List<LiveTicket> ended = live.all().stream().filter(steps::endForResume).toList();
    CountDownLatch parked = new CountDownLatch(ended.size());
    Semaphore gate = new Semaphore(ENTERING_AT_ONCE);
    tasks.execute(
        () -> {
          for (LiveTicket one : ended) {
            gate.acquireUninterruptibly();
            tasks.execute(
                () -> {
                  try {
                    parking.park(one.ticket());
                  } finally {
                    gate.release();
                    parked.countDown();
                  }
                });
          }
        });
    try {
      var _ = parked.await(PARKING_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Optional<HeldTicket> findOwn(Cohort cohort, ParticipantId participant, TicketId id) {
    return pool.find(cohort, participant).filter(held -> held.ticket().id().equals(id));
  }

  private TicketHold open(Ticket ticket, TicketStream stream, Consumer<LiveTicket> opening) {
    if (draining) {
      stream.tell(new TicketEvent.Resume());
      return TicketHold.NONE;
    }
    if (stream.isGone()) {
      return TicketHold.NONE;
    }
    LiveTicket mine = new LiveTicket(ticket, stream, pools.get(), steps.now());
    live.hold(mine);
    if (draining) { // It came between: nobody else tells it.
      steps.resumeElsewhere(mine);
      return TicketHold.NONE;
    }
    steps.step(
        mine,
        held -> {
          if (!stream.isGone()) {
            opening.accept(held);
          }
        });
    return () -> tasks.execute(() -> steps.leave(mine));
  }
}
