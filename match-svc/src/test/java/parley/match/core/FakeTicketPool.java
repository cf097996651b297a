package parley.match.core;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import parley.domain.Cohort;
import parley.domain.ParticipantId;
import parley.domain.SessionId;
import parley.match.core.FakeLine.Held;
import parley.match.core.port.TicketPool;

/// The pool over maps, as one node sees it. One cohort; no time passes but in ranks.
record FakeTicketPool(String node, FakeLine line) implements TicketPool {
  @Override
  public Arrival arrive(Ticket ticket, SessionId session) {
    return arriveAgain(ticket, new Rank(++line.lastRank), session);
  }

  @Override
  public Arrival arriveAgain(Ticket ticket, Rank rank, SessionId session) {
    Held old = line.tickets.get(ticket.participant());
    if (old != null && old.ticket().id().equals(ticket.id())) {
      return new Arrival.Known(old.seen());
    }
    if (old != null && old.state().isLive()) {
      return new Arrival.Occupied(old.seen());
    }
    Held mine = new Held(ticket, TicketState.WAITING, rank, node, 1, null);
    Optional<Match> found = line.search(mine, session);
    return found.isPresent() ? new Arrival.Met(found.get()) : new Arrival.Stood(standing(mine));
  }

  @Override
  public Attachment attach(Ticket ticket, SessionId session) {
    Optional<Held> known = own(ticket.participant(), ticket.id());
    if (known.isEmpty()) {
      return new Attachment.NoTicket();
    }
    Held old = known.get();
    Held mine = new Held(ticket, TicketState.WAITING, old.rank(), node, old.attachment() + 1, null);
    return switch (old.state()) {
      case MATCHED -> new Attachment.MetBefore(line.matches.get(old.session()));
      case MET, CANCELLED, EXPIRED -> new Attachment.Over(old.seen());
      case WAITING -> {
        line.tell(old, node, new OwnerNews.TakenOver(ticket.id(), old.attachment()));
        line.tickets.put(ticket.participant(), mine);
        yield new Attachment.Stood(standing(mine));
      }
      case PARKED -> {
        Optional<Match> found = line.search(mine, session);
        yield found.isPresent()
            ? new Attachment.Met(found.get())
            : new Attachment.Stood(standing(mine));
      }
    };
  }

  @Override
  public void park(Ticket ticket) {
    own(ticket.participant(), ticket.id())
        .filter(held -> held.state() == TicketState.WAITING && held.owner().equals(node))
        .ifPresent(
            held -> line.tickets.put(ticket.participant(), held.in(TicketState.PARKED, null)));
  }

  @Override
  public Ending cancel(Cohort cohort, ParticipantId participant, TicketId ticket) {
    return end(participant, ticket, TicketState.CANCELLED);
  }

  @Override
  public Ending expire(Cohort cohort, ParticipantId participant, TicketId ticket) {
    return end(participant, ticket, TicketState.EXPIRED);
  }

  @Override
  public Ending keep(Cohort cohort, ParticipantId participant, TicketId ticket) {
    Held held = own(participant, ticket).orElse(null);
    if (held == null || held.state() != TicketState.WAITING) {
      return held == null ? new Ending.NoTicket() : new Ending.NotWaiting(held.state());
    }
    line.tell(held, node, new OwnerNews.Heard(ticket));
    return new Ending.Done();
  }

  @Override
  public Optional<HeldTicket> find(Cohort cohort, ParticipantId participant) {
    return Optional.ofNullable(line.tickets.get(participant)).map(Held::seen);
  }

  @Override
  public boolean settle(Cohort cohort, SessionId session, Set<Integer> entered) {
    Match match = line.matches.get(session);
    for (int i = 0; match != null && i < 2; i++) {
      TicketState state = entered.contains(i + 1) ? TicketState.MET : TicketState.EXPIRED;
      own(match.members().get(i).ticket().participant(), match.members().get(i).ticket().id())
          .filter(held -> held.state() == TicketState.MATCHED)
          .ifPresent(
              held -> line.tickets.put(held.ticket().participant(), held.in(state, session)));
    }
    return match != null;
  }

  @Override
  public Census census(Cohort cohort, Pool pool) {
    Map<Side, Census.Crowd> crowds =
        line.waiting(pool)
            .collect(
                Collectors.toMap(
                    held -> held.ticket().side(),
                    held -> new Census.Crowd(1, held.rank()),
                    (all, one) -> new Census.Crowd(all.size() + 1, all.first())));
    return new Census(crowds, new Rank(line.lastRank + 1));
  }

  private Ending end(ParticipantId participant, TicketId ticket, TicketState as) {
    Held held = own(participant, ticket).orElse(null);
    if (held == null || held.state() == as) {
      return held == null ? new Ending.NoTicket() : new Ending.Done();
    }
    if (held.state() != TicketState.WAITING && held.state() != TicketState.PARKED) {
      return new Ending.NotWaiting(held.state());
    }
    if (held.state() == TicketState.WAITING) {
      line.tell(held, node, new OwnerNews.Cancelled(ticket));
    }
    line.tickets.put(participant, held.in(as, null));
    return new Ending.Done();
  }

  private Optional<Held> own(ParticipantId participant, TicketId ticket) {
    return Optional.ofNullable(line.tickets.get(participant))
        .filter(held -> held.ticket().id().equals(ticket));
  }

  private static Standing standing(Held held) {
    return new Standing(held.rank(), held.attachment(), Duration.ZERO);
  }
}
