package parley.match.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parley.domain.ParticipantId;
import parley.domain.SessionId;

/// What all views of a [FakeTicketPool] share: tickets, matches and news as maps, and the search by
/// plan.
final class FakeLine {
  record Held(
      Ticket ticket,
      TicketState state,
      Rank rank,
      String owner,
      int attachment,
      @Nullable SessionId session) {
    Held in(TicketState next, @Nullable SessionId of) {
      return new Held(ticket, next, rank, owner, attachment, of);
    }

    HeldTicket seen() {
      return new HeldTicket(ticket, state, session);
    }
  }

  final Map<ParticipantId, Held> tickets = new HashMap<>();
  final Map<SessionId, Match> matches = new HashMap<>();
  final Map<String, List<OwnerNews>> news = new HashMap<>();
  long lastRank = 1000;

  void tell(Held held, String teller, OwnerNews about) {
    if (!held.owner().equals(teller) || about instanceof OwnerNews.PeerFound) {
      news.computeIfAbsent(held.owner(), _ -> new ArrayList<>()).add(about);
    }
  }

  Stream<Held> waiting(Pool pool) {
    return tickets.values().stream()
        .filter(held -> held.state() == TicketState.WAITING)
        .filter(held -> held.ticket().criteria().pool().equals(pool))
        .sorted(Comparator.comparing(Held::rank));
  }

  /// Takes the best peer, or lets the ticket stand.
  Optional<Match> search(Held mine, SessionId session) {
    SearchPlan plan = mine.ticket().plan();
    tickets.put(mine.ticket().participant(), mine.in(TicketState.PARKED, null));
    for (Level family : Level.values()) {
      Optional<Held> best =
          heads(plan, family)
              .max(
                  Comparator.comparingLong((Held held) -> score(plan, held, family))
                      .thenComparing(Held::rank, Comparator.reverseOrder()));
      if (best.isPresent()) {
        return Optional.of(take(mine, best.get(), family, session));
      }
    }
    tickets.put(mine.ticket().participant(), mine);
    return Optional.empty();
  }

  private Stream<Held> heads(SearchPlan plan, Level family) {
    return plan.look().stream()
        .flatMap(
            side ->
                plan.rungs(family).stream()
                    .flatMap(
                        rung ->
                            waiting(plan.pool())
                                .filter(held -> held.ticket().side().equals(side))
                                .filter(held -> held.ticket().plan().rungs(family).contains(rung))
                                .limit(family == Level.SAME_TAGS ? 4 : 1)))
        .distinct();
  }

  private static long score(SearchPlan plan, Held held, Level family) {
    return family == Level.SAME_TAGS
        ? held.ticket().plan().tags().stream().filter(plan.tags()::contains).count()
        : 0;
  }

  private Match take(Held mine, Held other, Level family, SessionId session) {
    Match match =
        new Match(
            session,
            family,
            Instant.EPOCH,
            Instant.EPOCH,
            List.of(
                new MatchMember(other.ticket(), other.rank(), 0),
                new MatchMember(mine.ticket(), mine.rank(), 0)));
    matches.put(session, match);
    tickets.put(mine.ticket().participant(), mine.in(TicketState.MATCHED, session));
    tickets.put(other.ticket().participant(), other.in(TicketState.MATCHED, session));
    tell(other, mine.owner(), new OwnerNews.PeerFound(other.ticket().id(), match));
    return match;
  }
}
