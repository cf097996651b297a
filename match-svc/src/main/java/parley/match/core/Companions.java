package parley.match.core;

import java.util.Optional;
import parley.domain.Cohort;
import parley.domain.ParticipantId;
import parley.domain.SessionId;
import parley.match.core.port.PoolUnavailable;

/// Holds the tickets of those who talk with an AI peer and look for a person meanwhile: without a
/// stream, for as long as KeepWaiting comes.
final class Companions {
  private final TicketOwner.Parts parts;
  private final LiveTickets live;
  private final TicketSteps steps;
  private volatile boolean draining;

  Companions(TicketOwner.Parts parts, LiveTickets live, TicketSteps steps) {
    this.parts = parts;
    this.live = live;
    this.steps = steps;
  }

  /// From now on no ticket is taken here.
  void drain() {
    draining = true;
  }

  /// The person says anew whether an AI peer may come. Blocks.
  Ending wish(Cohort cohort, ParticipantId participant, TicketId id, AiWelcome welcome) {
    Optional<HeldTicket> found = parts.pool().wish(cohort, participant, id, welcome);
    if (found.isEmpty()) {
      return new Ending.NoTicket();
    }
    HeldTicket now = found.get();
    LiveTicket mine = live.get(id);
    if (mine != null) {
      follow(mine, now, welcome);
    }
    return switch (now.state()) {
      case WAITING, PROPOSED -> new Ending.Done();
      case MATCHED, MET ->
          !now.isWithAi()
              ? new Ending.NotWaiting(now.state(), now.session())
              : welcome == AiWelcome.MEANWHILE ? adopt(now) : new Ending.Done();
      case PARKED -> keepParked(now);
      case CANCELLED, EXPIRED -> new Ending.NotWaiting(now.state());
    };
  }

  private void follow(LiveTicket mine, HeldTicket now, AiWelcome welcome) {
    if (now.state() == TicketState.MET && mine.companion() != null) {
      mine.end(new TicketEvent.Rests(null));
      live.release(mine);
    } else {
      mine.wish(welcome, steps.now());
    }
  }

  /// Somebody is there for a ticket that another node held, or none. Blocks.
  Ending keep(Cohort cohort, ParticipantId participant, TicketId id, Sign sign) {
    Ending ending = parts.pool().keep(cohort, participant, id, sign);
    boolean isParked =
        ending instanceof Ending.NotWaiting other && other.state() == TicketState.PARKED;
    return isParked ? own(cohort, participant, id).map(this::keepParked).orElse(ending) : ending;
  }

  private Ending keepParked(HeldTicket parked) {
    return parked.state() == TicketState.PARKED && parked.companion() != null
        ? adopt(parked)
        : new Ending.NotWaiting(parked.state(), parked.session());
  }

  /// Before a verdict: whoever is asked by their inbox is held somewhere alive, so that what
  /// follows is told. Blocks.
  void holdAsked(Cohort cohort, ParticipantId participant, SessionId proposal) {
    parts
        .pool()
        .find(cohort, participant)
        .filter(asked -> asked.state() == TicketState.PROPOSED && asked.companion() != null)
        .filter(asked -> proposal.equals(asked.session()))
        .filter(asked -> live.get(asked.ticket().id()) == null)
        .ifPresent(this::adopt);
  }

  private Ending adopt(HeldTicket held) {
    Ticket ticket = held.ticket();
    Companion companion = held.companion();
    if (draining || companion == null) {
      throw new PoolUnavailable("this node takes no tickets");
    }
    LiveTicket mine = holder(ticket, companion);
    live.hold(mine);
    steps.step(mine, steps::attach);
    return mine.isOver() ? new Ending.NotWaiting(held.state(), held.session()) : new Ending.Done();
  }

  private LiveTicket holder(Ticket ticket, Companion companion) {
    return new LiveTicket(
        ticket, new InboxStream(ticket, companion, parts), parts.pools().get(), steps.now());
  }

  private Optional<HeldTicket> own(Cohort cohort, ParticipantId participant, TicketId id) {
    return parts.pool().find(cohort, participant).filter(held -> held.ticket().id().equals(id));
  }
}
