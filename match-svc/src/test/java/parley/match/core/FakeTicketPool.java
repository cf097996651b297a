package parley.match.core;

import java.time.Duration;
import java.time.Instant;
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
    AiStanding ai = new AiStanding(ticket.criteria().ai().welcome(), null, null);
    Standing none = new Standing(rank, 1, ticket.start(), 0, Duration.ZERO, Duration.ZERO, ai);
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
            before.attachment(),
            null,
            before.ai(),
            0);
    Optional<Found> found = line.search(mine, Level.SAME_TAGS, pairing);
    return found.isEmpty()
        ? new Arrival.Stood(mine.standing())
        : found.get().state() == TicketState.MATCHED
            ? new Arrival.Met(found.get().match())
            : new Arrival.Proposed(found.get().match(), mine.standing());
  }

  @Override
  public Attachment attach(Ticket ticket, Pairing pairing) {
    Held old = line.own(ticket.participant(), ticket.id()).orElse(null);
    if (old == null) {
      return new Attachment.NoTicket();
    }
    if (old.state() == TicketState.MATCHED) {
      return old.isWithAi()
          ? new Attachment.MetAiBefore(line.aiMatches.get(old.session()))
          : new Attachment.MetBefore(line.matches.get(old.session()));
    }
    return takeUp(old, old.with((Companion) null), pairing);
  }

  @Override
  public Attachment adopt(Ticket ticket, Pairing pairing) {
    Held old = line.own(ticket.participant(), ticket.id()).orElse(null);
    if (old == null) {
      return new Attachment.NoTicket();
    }
    return old.talks() && old.ai().welcome() != AiWelcome.INSTEAD
        ? takeUp(old, old, pairing)
        : new Attachment.Over(seen(old, null));
  }

  @Override
  public Attachment attachAgain(Ticket ticket, Standing before, Pairing pairing) {
    return isNewer(ticket, before) ? new Attachment.Moved() : attach(ticket, pairing);
  }

  @Override
  public Attachment adoptAgain(Ticket ticket, Standing before, Pairing pairing) {
    return isNewer(ticket, before) ? new Attachment.Moved() : adopt(ticket, pairing);
  }

  private boolean isNewer(Ticket ticket, Standing before) {
    return line.own(ticket.participant(), ticket.id())
        .filter(held -> held.attachment() > before.attachment() && !held.owner().equals(node))
        .isPresent();
  }

  private Attachment takeUp(Held old, Held now, Pairing pairing) {
    Held mine = now.by(node);
    return switch (old.state()) {
      case MATCHED, MET ->
          old.isWithAi() ? back(mine, pairing) : new Attachment.Over(seen(old, null));
      case CANCELLED, EXPIRED -> new Attachment.Over(seen(old, null));
      case WAITING, PROPOSED -> {
        if (!old.owner().equals(node)) {
          line.tell(old, new OwnerNews.TakenOver(old.ticket().id(), old.attachment()));
        }
        line.put(mine);
        yield old.state() == TicketState.WAITING
            ? new Attachment.Stood(mine.standing())
            : new Attachment.Proposed(line.matches.get(old.session()), mine.standing());
      }
      case PARKED -> back(mine, pairing);
    };
  }

  private Attachment back(Held mine, Pairing pairing) {
    Held back = mine.in(TicketState.WAITING, null);
    Optional<Found> found = line.search(back, Level.SAME_TAGS, pairing);
    return found.isEmpty()
        ? new Attachment.Stood(back.standing())
        : found.get().state() == TicketState.MATCHED
            ? new Attachment.Met(found.get().match())
            : new Attachment.Proposed(found.get().match(), back.standing());
  }

  @Override
  public Claim claim(Ticket ticket, int attempt, AiPeer peer, SessionId session) {
    Held held = line.own(ticket.participant(), ticket.id()).orElse(null);
    AiMatch before = line.aiMatches.get(session);
    if (held != null && before != null) {
      return new Claim.Claimed(before.welcomed(held.ai().welcome()));
    }
    boolean isOurs =
        held != null && held.state() == TicketState.WAITING && held.owner().equals(node);
    if (!isOurs
        || held.attempt() != attempt
        || held.talks()
        || held.ai().welcome() == AiWelcome.NEVER) {
      return new Claim.Lost();
    }
    AiWelcome welcome = held.ai().welcome();
    AiMatch match =
        new AiMatch(session, Instant.EPOCH, Instant.EPOCH, FakeLine.member(held), peer, welcome);
    line.aiMatches.put(session, match.welcomed(AiWelcome.INSTEAD));
    Held with = held.with(new Companion(session, peer.node()));
    line.put(welcome == AiWelcome.INSTEAD ? with.in(TicketState.MATCHED, session) : with);
    return new Claim.Claimed(match);
  }

  @Override
  public Optional<HeldTicket> wish(
      Cohort cohort, ParticipantId participant, TicketId ticket, AiWelcome welcome) {
    Held held = line.own(participant, ticket).orElse(null);
    if (held == null) {
      return Optional.empty();
    }
    Held now = held.welcoming(welcome);
    boolean inLine = held.state() == TicketState.WAITING || held.state() == TicketState.PARKED;
    if (inLine && held.talks() && welcome == AiWelcome.INSTEAD) {
      now = now.in(TicketState.MET, held.ai().companion().session());
      if (held.state() == TicketState.WAITING && !held.owner().equals(node)) {
        line.tell(held, new OwnerNews.Rests(ticket));
      }
    } else if (!held.owner().equals(node) && held.state() == TicketState.WAITING) {
      line.tell(held, new OwnerNews.Wished(ticket, welcome));
    }
    line.put(now);
    return Optional.of(seen(now, null));
  }

  @Override
  public Relaxation relax(Ticket ticket, Level to, Pairing pairing) {
    Optional<Held> known =
        line.own(ticket.participant(), ticket.id())
            .filter(held -> held.state() == TicketState.WAITING && held.owner().equals(node))
            .filter(held -> held.level() == to || held.level().next().equals(Optional.of(to)));
    if (known.isEmpty()) {
      return new Relaxation.Stale();
    }
    if (known.get().level() == to) {
      return new Relaxation.Stood(known.get().standing());
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
    line.own(ticket.participant(), ticket.id())
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
    Held held = line.own(participant, ticket).orElse(null);
    if (held == null
        || (held.state() != TicketState.WAITING && held.state() != TicketState.PROPOSED)) {
      return held == null ? new Ending.NoTicket() : new Ending.NotWaiting(held.state());
    }
    if (!held.owner().equals(node)) {
      line.tell(held, new OwnerNews.Heard(ticket, sign, held.level()));
    }
    return new Ending.Done();
  }

  @Override
  public ProposalOutcome answer(
      Cohort cohort, ParticipantId participant, SessionId proposal, Verdict verdict) {
    Match match = line.matches.get(proposal);
    List<Held> two = match == null ? List.of() : line.both(match, TicketState.PROPOSED);
    if (two.size() < 2
        || two.stream().noneMatch(held -> held.ticket().participant().equals(participant))) {
      return ProposalOutcome.OVER;
    }
    switch (verdict) {
      case TIME_UP -> {
        return ProposalOutcome.EARLY;
      }
      case WITHDRAW -> two.forEach(held -> sendBack(held, two, OwnerNews.Why.WITHDRAWN));
      case ACCEPT -> {
        Set<Integer> accepted = line.accepted.get(proposal);
        accepted.add(match.members().indexOf(match.member(participant)) + 1);
        if (accepted.size() == 2) {
          Match stands = match.accepted(accepted);
          line.matches.put(proposal, stands);
          two.forEach(held -> line.put(held.in(TicketState.MATCHED, proposal)));
          two.forEach(held -> line.tell(held, new OwnerNews.PeerFound(held.ticket().id(), stands)));
        }
      }
      case DECLINE -> {
        Held mine =
            two.stream()
                .filter(held -> held.ticket().participant().equals(participant))
                .toList()
                .getFirst();
        boolean wasNotAsked =
            !mine.talks()
                && two.stream().anyMatch(Held::talks)
                && line.accepted.get(proposal).contains(two.indexOf(mine) + 1);
        if (wasNotAsked) {
          return answer(cohort, participant, proposal, Verdict.WITHDRAW);
        }
        line.keepApart(
            FakeLine.names(two.getFirst().ticket()), FakeLine.names(two.getLast().ticket()));
        two.forEach(held -> decline(held, two, mine));
      }
    }
    return ProposalOutcome.ANSWERED;
  }

  private void decline(Held held, List<Held> two, Held decliner) {
    Ticket ticket = held.ticket();
    if (held.equals(decliner)
        && !held.talks()
        && line.declines.merge(ticket.device(), 1, Integer::sum) >= DECLINES) {
      line.put(held.in(TicketState.CANCELLED, null));
      line.tell(held, new OwnerNews.Paused(ticket.id(), PAUSE));
    } else {
      sendBack(held, two, OwnerNews.Why.DECLINED);
    }
  }

  private void sendBack(Held held, List<Held> two, OwnerNews.Why why) {
    boolean waitedForOne = !held.talks() && two.stream().anyMatch(Held::talks);
    TicketId id = held.ticket().id();
    if (held.talks() && held.ai().welcome() == AiWelcome.INSTEAD) {
      line.put(held.in(TicketState.MET, held.ai().companion().session()));
      line.tell(held, new OwnerNews.Rests(id));
    } else {
      line.put(waitedForOne ? held.sentBack().askedInVain() : held.sentBack());
      line.tell(held, new OwnerNews.Returned(id, why));
    }
  }

  @Override
  public Optional<HeldTicket> find(Cohort cohort, ParticipantId participant) {
    return Optional.ofNullable(line.tickets.get(participant))
        .map(
            held ->
                switch (held.state()) {
                  case MATCHED, PROPOSED -> matched(held);
                  case WAITING, PARKED, MET, CANCELLED, EXPIRED -> seen(held, null);
                });
  }

  @Override
  public Settlement settle(Cohort cohort, SessionId session, Set<Integer> entered) {
    return new FakeSettling(line).settle(session, entered);
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
    Held held = line.own(participant, ticket).orElse(null);
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

  private static HeldTicket seen(Held held, Match match) {
    boolean isOver = held.state() == TicketState.CANCELLED || held.state() == TicketState.EXPIRED;
    return new HeldTicket(
        held.ticket(),
        held.state(),
        held.session(),
        match,
        null,
        isOver ? null : held.ai().companion());
  }

  private HeldTicket matched(Held held) {
    return held.state() == TicketState.MATCHED && held.isWithAi()
        ? new HeldTicket(
            held.ticket(),
            held.state(),
            held.session(),
            null,
            line.aiMatches.get(held.session()),
            held.ai().companion())
        : seen(held, line.matches.get(held.session()));
  }
}
