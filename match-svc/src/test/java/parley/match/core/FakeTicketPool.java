package parley.match.core;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import parley.domain.Cohort;
import parley.domain.ParticipantId;
import parley.domain.SessionId;
import parley.match.core.FakeLine.Found;
import parley.match.core.FakeLine.Held;
import parley.match.core.port.TicketPool;

/// The pool over maps, as one node sees it. One cohort; no time passes but in ranks.
record FakeTicketPool(String node, FakeLine line) implements TicketPool {
  private static final int DECLINES = 3;
  private static final Duration PAUSE = Duration.ofSeconds(30);

  @Override
  public Arrival arrive(Ticket ticket, Pairing pairing) {
    if (line.declines.getOrDefault(ticket.device(), 0) >= DECLINES) {
      return new Arrival.Paused(PAUSE);
    }
    Rank rank = new Rank(++line.lastRank);
    Standing none = new Standing(rank, 1, ticket.plan().start(), 0, Duration.ZERO, Duration.ZERO);
    return arriveAgain(ticket, none, pairing);
  }

  @Override
  public Arrival arriveAgain(Ticket ticket, Standing before, Pairing pairing) {
    Held old = line.tickets.get(ticket.participant());
    if (old != null && old.ticket().id().equals(ticket.id())) {
      return new Arrival.Known(seen(old, null));
    }
    if (old != null && old.state().isLive()) {
      return new Arrival.Occupied(seen(old, null));
    }
    Held mine =
        new Held(
            ticket,
            TicketState.WAITING,
            before.rank(),
            before.level(),
            before.attempt(),
            node,
            1,
            null);
    Optional<Found> found = line.search(mine, Level.SAME_TAGS, pairing);
    return found.isEmpty()
        ? new Arrival.Stood(mine.standing())
        : found.get().state() == TicketState.MATCHED
            ? new Arrival.Met(found.get().match())
            : new Arrival.Proposed(found.get().match(), mine.standing());
  }

  @Override
  public Attachment attach(Ticket ticket, Pairing pairing) {
    Optional<Held> known = own(ticket.participant(), ticket.id());
    if (known.isEmpty()) {
      return new Attachment.NoTicket();
    }
    Held old = known.get();
    Held mine =
        new Held(
            ticket,
            old.state(),
            old.rank(),
            old.level(),
            old.attempt(),
            node,
            old.attachment() + 1,
            old.session());
    return switch (old.state()) {
      case MATCHED -> new Attachment.MetBefore(line.matches.get(old.session()));
      case MET, CANCELLED, EXPIRED -> new Attachment.Over(seen(old, null));
      case WAITING, PROPOSED -> {
        if (!old.owner().equals(node)) {
          line.tell(old, new OwnerNews.TakenOver(ticket.id(), old.attachment()));
        }
        line.put(mine);
        yield old.state() == TicketState.WAITING
            ? new Attachment.Stood(mine.standing())
            : new Attachment.Proposed(line.matches.get(old.session()), mine.standing());
      }
      case PARKED -> {
        Held back = mine.in(TicketState.WAITING, null);
        Optional<Found> found = line.search(back, Level.SAME_TAGS, pairing);
        yield found.isEmpty()
            ? new Attachment.Stood(back.standing())
            : found.get().state() == TicketState.MATCHED
                ? new Attachment.Met(found.get().match())
                : new Attachment.Proposed(found.get().match(), back.standing());
      }
    };
  }

  @Override
  public Relaxation relax(Ticket ticket, Level to, Pairing pairing) {
    Optional<Held> known =
        own(ticket.participant(), ticket.id())
            .filter(held -> held.state() == TicketState.WAITING && held.owner().equals(node))
            .filter(held -> held.level().next().equals(Optional.of(to)));
    if (known.isEmpty()) {
      return new Relaxation.Stale();
    }
    Held mine = known.get().at(to);
    Optional<Found> found = line.search(mine, to, pairing);
    return found.isEmpty()
        ? new Relaxation.Stood(mine.standing())
        : found.get().state() == TicketState.MATCHED
            ? new Relaxation.Met(found.get().match())
            : new Relaxation.Proposed(found.get().match(), mine.standing());
  }

  @Override
  public void park(Ticket ticket) {
    own(ticket.participant(), ticket.id())
        .filter(held -> held.state() == TicketState.WAITING && held.owner().equals(node))
        .ifPresent(held -> line.put(held.in(TicketState.PARKED, null)));
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
  public Ending keep(Cohort cohort, ParticipantId participant, TicketId ticket, Sign sign) {
    Held held = own(participant, ticket).orElse(null);
    if (held == null
        || (held.state() != TicketState.WAITING && held.state() != TicketState.PROPOSED)) {
      return held == null ? new Ending.NoTicket() : new Ending.NotWaiting(held.state());
    }
    if (!held.owner().equals(node)) {
      line.tell(held, new OwnerNews.Heard(ticket, sign));
    }
    return new Ending.Done();
  }

  @Override
  public ProposalOutcome answer(
      Cohort cohort, ParticipantId participant, SessionId proposal, Verdict verdict) {
    Match match = line.matches.get(proposal);
    List<Held> two = match == null ? List.of() : both(match, TicketState.PROPOSED);
    if (two.size() < 2
        || two.stream().noneMatch(held -> held.ticket().participant().equals(participant))) {
      return ProposalOutcome.OVER;
    }
    switch (verdict) {
      case TIME_UP -> {
        return ProposalOutcome.EARLY;
      }
      case ACCEPT -> {
        Set<ParticipantId> accepted = line.accepted.get(proposal);
        accepted.add(participant);
        if (accepted.size() == 2) {
          two.forEach(held -> line.put(held.in(TicketState.MATCHED, proposal)));
          two.forEach(held -> line.tell(held, new OwnerNews.PeerFound(held.ticket().id(), match)));
        }
      }
      case DECLINE -> {
        line.keepApart(
            FakeLine.names(two.getFirst().ticket()), FakeLine.names(two.getLast().ticket()));
        two.forEach(held -> sendBack(held, participant));
      }
    }
    return ProposalOutcome.ANSWERED;
  }

  private void sendBack(Held held, ParticipantId decliner) {
    Ticket ticket = held.ticket();
    boolean declined = ticket.participant().equals(decliner);
    if (declined && line.declines.merge(ticket.device(), 1, Integer::sum) >= DECLINES) {
      line.put(held.in(TicketState.CANCELLED, null));
      line.tell(held, new OwnerNews.Paused(ticket.id(), PAUSE));
    } else {
      line.put(held.sentBack());
      line.tell(held, new OwnerNews.Returned(ticket.id()));
    }
  }

  @Override
  public Optional<HeldTicket> find(Cohort cohort, ParticipantId participant) {
    return Optional.ofNullable(line.tickets.get(participant))
        .map(
            held ->
                switch (held.state()) {
                  case MATCHED, PROPOSED -> seen(held, line.matches.get(held.session()));
                  case WAITING, PARKED, MET, CANCELLED, EXPIRED -> seen(held, null);
                });
  }

  @Override
  public Settlement settle(Cohort cohort, SessionId session, Set<Integer> entered) {
    Match match = line.matches.get(session);
    if (match == null) {
      return new Settlement.NoMatch();
    }
    List<Held> two = both(match, TicketState.MATCHED);
    if (entered.size() == 2) {
      line.keepApart(
          FakeLine.names(match.members().getFirst().ticket()),
          FakeLine.names(match.members().getLast().ticket()));
      two.forEach(held -> line.put(held.in(TicketState.MET, session)));
      return new Settlement.Met();
    }
    Settlement settlement = new Settlement.NobodyCame();
    for (int i = 0; i < 2; i++) {
      Ticket ticket = match.members().get(i).ticket();
      boolean came = entered.contains(i + 1);
      for (Held held : two.stream().filter(one -> one.ticket().equals(ticket)).toList()) {
        line.put(came ? held.sentBack() : held.in(TicketState.EXPIRED, session));
        if (came) {
          line.tell(held, new OwnerNews.Returned(ticket.id()));
        }
      }
      if (came) {
        settlement = new Settlement.PeerNeverCame(ticket.participant(), ticket.id());
      }
    }
    return settlement;
  }

  @Override
  public void refuse(Cohort cohort, Party by, Party whom) {
    line.keepApart(names(by), names(whom));
  }

  private static List<String> names(Party party) {
    return party.device() == null
        ? List.of(party.participant().text())
        : List.of(party.participant().text(), party.device().text());
  }

  private Ending end(ParticipantId participant, TicketId ticket, TicketState as) {
    Held held = own(participant, ticket).orElse(null);
    if (held == null || held.state() == as) {
      return held == null ? new Ending.NoTicket() : new Ending.Done();
    }
    boolean matched = held.state() == TicketState.MATCHED && as == TicketState.CANCELLED;
    if (!matched
        && Stream.of(TicketState.WAITING, TicketState.PARKED).noneMatch(held.state()::equals)) {
      return new Ending.NotWaiting(held.state(), held.session());
    }
    if (held.state() == TicketState.WAITING && !held.owner().equals(node)) {
      line.tell(held, new OwnerNews.Cancelled(ticket));
    }
    line.put(held.in(as, matched ? held.session() : null));
    return new Ending.Done();
  }

  private List<Held> both(Match match, TicketState state) {
    return match.members().stream()
        .map(member -> member.ticket())
        .flatMap(ticket -> own(ticket.participant(), ticket.id()).stream())
        .filter(held -> held.state() == state && match.session().equals(held.session()))
        .toList();
  }

  private Optional<Held> own(ParticipantId participant, TicketId ticket) {
    return Optional.ofNullable(line.tickets.get(participant))
        .filter(held -> held.ticket().id().equals(ticket));
  }

  private static HeldTicket seen(Held held, Match match) {
    return new HeldTicket(held.ticket(), held.state(), held.session(), match);
  }
}
