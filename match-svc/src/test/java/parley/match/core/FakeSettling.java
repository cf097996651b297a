package parley.match.core;

import java.util.List;
import java.util.Set;
import parley.domain.SessionId;
import parley.match.core.FakeLine.Held;

/// How a [FakeTicketPool] ends matches.
record FakeSettling(FakeLine line) {
  Settlement settle(SessionId session, Set<Integer> entered) {
    Match match = line.matches.get(session);
    if (match == null) {
      AiMatch ai = line.aiMatches.get(session);
      return ai == null ? new Settlement.NoMatch() : settleAi(ai, entered);
    }
    List<Held> two = line.both(match, TicketState.MATCHED);
    if (entered.size() == 2) {
      line.keepApart(
          FakeLine.names(match.members().getFirst().ticket()),
          FakeLine.names(match.members().getLast().ticket()));
      two.forEach(held -> line.put(held.with((Companion) null).in(TicketState.MET, session)));
      return new Settlement.Met();
    }
    Settlement settlement = new Settlement.NobodyCame();
    for (int i = 0; i < 2; i++) {
      Ticket ticket = match.members().get(i).ticket();
      boolean came = entered.contains(i + 1);
      for (Held held : two.stream().filter(one -> one.ticket().equals(ticket)).toList()) {
        Held back = held.with((Companion) null).sentBack();
        line.put(came ? back : held.in(TicketState.EXPIRED, session));
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

  private Settlement settleAi(AiMatch match, Set<Integer> entered) {
    Ticket ticket = match.person().ticket();
    boolean came = entered.contains(1);
    boolean met = came && entered.contains(2);
    line.own(ticket.participant(), ticket.id())
        .filter(Held::talks)
        .filter(held -> held.ai().companion().session().equals(match.session()))
        .ifPresent(held -> settleWithAi(held, came, met));
    return met
        ? new Settlement.Met()
        : came
            ? new Settlement.PeerNeverCame(ticket.participant(), ticket.id())
            : new Settlement.NobodyCame();
  }

  private void settleWithAi(Held held, boolean came, boolean met) {
    boolean here = held.state() == TicketState.MATCHED && held.isWithAi();
    boolean back = held.state() == TicketState.WAITING || (here && came);
    if (met) {
      line.put(here ? held.in(TicketState.MET, held.session()) : held);
    } else if (back) {
      line.put(held.with((Companion) null).sentBack());
      line.tell(held, new OwnerNews.Returned(held.ticket().id()));
    } else if (here) {
      line.put(held.in(TicketState.EXPIRED, held.session()));
    } else if (held.state().isLive()) {
      line.put(held.with((Companion) null));
    }
  }
}
