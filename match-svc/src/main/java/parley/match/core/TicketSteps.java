package parley.match.core;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import parley.domain.SessionId;
import parley.match.core.port.PoolUnavailable;
import parley.match.core.port.TicketJournal;
import parley.match.core.port.TicketPool;

/// The steps of the tickets that this node holds: each asks the pool and tells the stream what came
/// of it. All of them may block.
final class TicketSteps {
  private final TicketPool pool;
  private final MatchTimes times;
  private final Supplier<Pools> pools;
  private final TicketJournal journal;
  private final Supplier<SessionId> sessions;
  private final Executor tasks;
  private final LiveTickets live;
  private final Parking parking;
  private final Crowds crowds;
  private final InstantSource steady;

  TicketSteps(TicketOwner.Parts parts, LiveTickets live, Parking parking, Crowds crowds) {
    this.pool = parts.pool();
    this.times = parts.times();
    this.pools = parts.pools();
    this.journal = parts.journal();
    this.sessions = parts.sessions();
    this.tasks = parts.tasks();
    this.steady = parts.steady();
    this.live = live;
    this.parking = parking;
    this.crowds = crowds;
  }

  Instant now() {
    return steady.instant();
  }

  void learn(OwnerNews news) {
    LiveTicket held = live.get(news.ticket());
    if (held == null) {
      return;
    }
    switch (held.learn(news, now())) {
      case NOTHING -> {}
      case WRITING_DOWN -> writeDown(held, news);
      case TAKING_UP -> tasks.execute(() -> step(held, this::attach));
    }
  }

  /// Where a step came to no answer, the ticket may stand or not: it is parked, and its stream told
  /// to come again.
  void step(LiveTicket mine, Consumer<LiveTicket> step) {
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

  void arrive(LiveTicket mine) {
    settleIn(mine, pool.arrive(mine.ticket(), pairing(mine)));
  }

  /// Nothing if it never stood.
  void enterAgain(LiveTicket mine) {
    Standing before = mine.standing();
    if (before != null) {
      settleIn(mine, pool.arriveAgain(mine.ticket(), before, pairing(mine)));
    }
  }

  private Pairing pairing(LiveTicket mine) {
    PoolRules rules = pools.get().of(mine.ticket().criteria().pool());
    return new Pairing(sessions.get(), rules.acceptance());
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
      case Arrival.Proposed asked -> {
        journal.made(mine.ticket());
        asked(mine, asked.match(), asked.standing());
      }
      case Arrival.Known known when known.held().ticket().asksTheSame(mine.ticket()) ->
          attach(mine);
      case Arrival.Known _ -> tell(mine, new TicketEvent.RequestIdReused());
      case Arrival.Occupied occupied -> tell(mine, refusal(occupied.other()));
      case Arrival.Paused paused -> tell(mine, new TicketEvent.Paused(paused.left()));
    }
  }

  /// As a stream does, or, for who talks with an AI peer, without one. Who stood before gives way
  /// to a newer stream.
  void attach(LiveTicket mine) {
    switch (takeUp(mine)) {
      case Attachment.Stood stood -> stood(mine, stood.standing());
      case Attachment.Met met -> matched(mine, met.match());
      case Attachment.Proposed asked -> asked(mine, asked.match(), asked.standing());
      case Attachment.MetBefore met -> {
        mine.matched(met.match());
        live.release(mine);
      }
      case Attachment.MetAiBefore met -> {
        mine.matchedAi(met.match());
        live.release(mine);
      }
      case Attachment.Moved _ -> tell(mine, new TicketEvent.Moved());
      case Attachment.Over over -> tell(mine, ending(over.held()));
      case Attachment.NoTicket _ -> tell(mine, new TicketEvent.NoSuchTicket());
    }
  }

  private Attachment takeUp(LiveTicket mine) {
    Ticket ticket = mine.ticket();
    Pairing pairing = pairing(mine);
    Standing before = mine.standing();
    if (mine.companion() != null) {
      return before == null
          ? pool.adopt(ticket, pairing)
          : pool.adoptAgain(ticket, before, pairing);
    }
    return before == null
        ? pool.attach(ticket, pairing)
        : pool.attachAgain(ticket, before, pairing);
  }

  /// Takes this level, if it is the next one still. Nothing is lost if it comes to nothing: it is
  /// tried again, or news is on its way.
  void relax(LiveTicket mine, Level to) {
    try {
      live.oneAtATime(
          mine.ticket().id(),
          () -> {
            if (!mine.isOver() && mine.next().filter(to::equals).isPresent()) {
              take(mine, to);
            }
          });
    } catch (PoolUnavailable _) {
      // Tried again in a second.
    }
  }

  private void take(LiveTicket mine, Level to) {
    switch (pool.relax(mine.ticket(), to, pairing(mine))) {
      case Relaxation.Stood stood -> stood(mine, stood.standing());
      case Relaxation.Met met -> matched(mine, met.match());
      case Relaxation.Proposed asked -> asked(mine, asked.match(), asked.standing());
      case Relaxation.Stale _ -> learnOfOwnSearch(mine);
    }
  }

  /// Whoever takes a ticket tells its owner. Only what its own search came to, when the answer was
  /// lost, nobody tells.
  private void learnOfOwnSearch(LiveTicket mine) {
    Ticket ticket = mine.ticket();
    HeldTicket now =
        pool.find(ticket.cohort(), ticket.participant())
            .filter(held -> held.ticket().id().equals(ticket.id()))
            .orElse(null);
    Match match = now == null ? null : now.match();
    Standing standing = mine.standing();
    if (now == null || standing == null) {
      return;
    }
    if (now.state() == TicketState.EXPIRED) {
      finish(mine, TicketState.EXPIRED, new TicketEvent.Expired());
    } else if (match != null && match.members().getLast().ticket().id().equals(ticket.id())) {
      switch (now.state()) {
        case MATCHED -> matched(mine, match);
        case PROPOSED -> asked(mine, match, standing);
        case WAITING, PARKED, MET, CANCELLED, EXPIRED -> {}
      }
    }
  }

  /// Whom it was not proposed to for a while stands in line still: it comes out and looks again,
  /// unless it did since it stood so.
  void searchAgain(LiveTicket mine, @Nullable Standing as) {
    step(
        mine,
        held -> {
          Standing now = held.standing();
          if (as != null && now != null && now.attachment() == as.attachment()) {
            pool.park(held.ticket());
            attach(held);
          }
        });
  }

  /// Nobody answered for this ticket, if it is asked about this match still. What the pool makes of
  /// it comes by the inbox, or came before this stream: then the ticket says so itself.
  void endAsking(LiveTicket mine, @Nullable Match match) {
    if (match == null || !match.equals(mine.proposed())) {
      return;
    }
    Ticket ticket = mine.ticket();
    try {
      ProposalOutcome outcome =
          pool.answer(ticket.cohort(), ticket.participant(), match.session(), Verdict.TIME_UP);
      if (outcome == ProposalOutcome.OVER) {
        step(mine, this::learnWhatCameOfIt);
      }
    } catch (PoolUnavailable _) {
      // The next tick tries again.
    }
  }

  /// The news of it is on its way, or came before this stream. Who talks with an AI peer has no
  /// stream: they are told now, that they are matched or that they are not; and who was silent is
  /// not taken up, because they are out of line.
  private void learnWhatCameOfIt(LiveTicket mine) {
    Ticket ticket = mine.ticket();
    HeldTicket now =
        mine.companion() == null
            ? null
            : pool.find(ticket.cohort(), ticket.participant())
                .filter(held -> held.ticket().id().equals(ticket.id()))
                .orElse(null);
    if (now != null && now.state() == TicketState.MET && now.isWithAi()) {
      learn(new OwnerNews.Rests(ticket.id()));
    } else if (now != null && now.state() == TicketState.PARKED) {
      learn(new OwnerNews.Returned(ticket.id()));
    } else if (now != null && now.state() == TicketState.MATCHED && now.match() != null) {
      matched(mine, now.match());
    } else {
      attach(mine);
    }
  }

  private void stood(LiveTicket mine, Standing standing) {
    if (!mine.stood(standing, now(), times)) {
      tasks.execute(() -> parking.park(mine.ticket()));
      return;
    }
    mine.takeEarly().forEach(this::learn);
    var _ = mine.tick(now(), times, crowds.of(mine.ticket()));
  }

  private void asked(LiveTicket mine, Match match, Standing standing) {
    boolean isOpen = mine.asked(match, standing, now());
    journal.proposed(mine.ticket(), match);
    if (!isOpen && live.get(mine.ticket().id()) == null) {
      withdraw(mine.ticket(), match);
    }
    mine.takeEarly().forEach(this::learn);
  }

  private void matched(LiveTicket mine, Match match) {
    mine.matched(match);
    live.release(mine);
    matched(mine.ticket(), match);
  }

  private void matched(Ticket ticket, Match match) {
    crowds.matched(ticket);
    journal.matched(ticket, match);
  }

  private void tell(LiveTicket mine, TicketEvent.Ending ending) {
    mine.end(ending);
    live.release(mine);
  }

  void finish(LiveTicket mine, TicketState state, TicketEvent.Ending ending) {
    if (mine.end(ending)) {
      journal.ended(mine.ticket(), state);
    }
    live.release(mine);
  }

  private void writeDown(LiveTicket held, OwnerNews news) {
    live.release(held);
    switch (news) {
      case OwnerNews.PeerFound found -> matched(held.ticket(), found.match());
      case OwnerNews.Cancelled _, OwnerNews.Paused _ ->
          journal.ended(held.ticket(), TicketState.CANCELLED);
      case OwnerNews.TakenOver _,
          OwnerNews.Heard _,
          OwnerNews.Proposed _,
          OwnerNews.Wished _,
          OwnerNews.Rests _,
          OwnerNews.Returned _ -> {}
    }
  }

  void leave(LiveTicket held) {
    Match asked = held.proposed();
    if (held.gone()) {
      live.release(held);
      Ticket ticket = held.ticket();
      if (asked != null) {
        withdraw(ticket, asked);
      }
      parking.park(ticket);
    }
  }

  /// Whose peer is being asked goes away with that: the other is asked no more. Whoever is asked
  /// may come back to answer.
  private void withdraw(Ticket ticket, Match asked) {
    if (!asked.isAccepted(ticket.participant())) {
      return;
    }
    try {
      pool.answer(ticket.cohort(), ticket.participant(), asked.session(), Verdict.WITHDRAW);
    } catch (PoolUnavailable _) {
      // The deadline decides.
    }
  }

  void resumeElsewhere(LiveTicket held) {
    if (endForResume(held)) {
      parking.park(held.ticket());
    }
  }

  /// True if it was open until now: the caller must park it.
  boolean endForResume(LiveTicket held) {
    boolean wasOpen = held.end(new TicketEvent.Resume());
    live.release(held);
    return wasOpen;
  }

  void expire(LiveTicket held) {
    if (held.isOver()) {
      return;
    }
    Ticket ticket = held.ticket();
    try {
      Ending ending = pool.expire(ticket.cohort(), ticket.participant(), ticket.id());
      boolean isTaken =
          ending instanceof Ending.NotWaiting other
              && (other.state() == TicketState.MATCHED || other.state() == TicketState.PROPOSED);
      if (!isTaken) {
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
      case EXPIRED, WAITING, PARKED, PROPOSED, MATCHED -> new TicketEvent.Expired();
    };
  }
}
