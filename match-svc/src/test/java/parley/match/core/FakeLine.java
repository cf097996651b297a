package parley.match.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parley.domain.DeviceId;
import parley.domain.ParticipantId;
import parley.domain.SessionId;
import parley.match.core.port.TicketPool;

/// What all views of a [FakeTicketPool] share: tickets, matches, refusals and news as maps, and the
/// search by plan.
final class FakeLine {
  record Held(
      Ticket ticket,
      TicketState state,
      Rank rank,
      Level level,
      int attempt,
      String owner,
      int attachment,
      @Nullable SessionId session,
      AiStanding ai,
      int asked) {
    Held in(TicketState next, @Nullable SessionId of) {
      return new Held(ticket, next, rank, level, attempt, owner, attachment, of, ai, asked);
    }

    Held at(Level next) {
      return new Held(ticket, state, rank, next, attempt, owner, attachment, session, ai, asked);
    }

    /// Taken up by a node.
    Held by(String node) {
      return new Held(
          ticket, state, rank, level, attempt, node, attachment + 1, session, ai, asked);
    }

    Held sentBack() {
      return new Held(
          ticket, TicketState.PARKED, rank, level, attempt + 1, owner, attachment, null, ai, asked);
    }

    Held with(@Nullable Companion companion) {
      return with(new AiStanding(ai.welcome(), ai.calm(), companion), asked);
    }

    Held welcoming(AiWelcome welcome) {
      return with(new AiStanding(welcome, ai.calm(), ai.companion()), asked);
    }

    /// Once more it was proposed in vain to somebody who had a companion.
    Held askedInVain() {
      return asked == 0
          ? with(ai, 1)
          : with(new AiStanding(ai.welcome(), TicketPool.CALM, ai.companion()), 0);
    }

    private Held with(AiStanding now, int times) {
      return new Held(ticket, state, rank, level, attempt, owner, attachment, session, now, times);
    }

    boolean talks() {
      return ai.companion() != null;
    }

    /// Out of line, or about to be, with its AI peer.
    boolean isWithAi() {
      return talks() && ai.companion().session().equals(session);
    }

    Standing standing() {
      return new Standing(rank, attachment, level, attempt, Duration.ZERO, Duration.ZERO, ai);
    }
  }

  /// What a search came to.
  record Found(Match match, TicketState state) {}

  final Map<ParticipantId, Held> tickets = new HashMap<>();
  final Map<SessionId, Match> matches = new HashMap<>();
  final Map<SessionId, AiMatch> aiMatches = new HashMap<>();
  final Map<SessionId, Set<Integer>> accepted = new HashMap<>();
  final Map<DeviceId, Integer> declines = new HashMap<>();
  final Map<String, List<OwnerNews>> news = new HashMap<>();
  private final Set<Set<String>> apart = new HashSet<>();
  long lastRank = 1000;

  void tell(Held held, OwnerNews about) {
    news.computeIfAbsent(held.owner(), _ -> new ArrayList<>()).add(about);
  }

  List<Held> both(Match match, TicketState state) {
    return match.members().stream()
        .map(member -> member.ticket())
        .flatMap(ticket -> own(ticket.participant(), ticket.id()).stream())
        .filter(held -> held.state() == state && match.session().equals(held.session()))
        .toList();
  }

  Optional<Held> own(ParticipantId participant, TicketId ticket) {
    return Optional.ofNullable(tickets.get(participant))
        .filter(held -> held.ticket().id().equals(ticket));
  }

  void put(Held held) {
    tickets.put(held.ticket().participant(), held);
  }

  /// Every name of the one with every name of the other.
  void keepApart(List<String> one, List<String> other) {
    one.forEach(name -> other.forEach(peer -> apart.add(Set.copyOf(List.of(name, peer)))));
  }

  static List<String> names(Ticket ticket) {
    return List.of(ticket.participant().text(), ticket.device().text());
  }

  /// Takes the best peer in the families from the first to its level, or lets the ticket stand.
  Optional<Found> search(Held mine, Level first, Pairing pairing) {
    SearchPlan plan = mine.ticket().plan();
    put(mine.in(TicketState.PARKED, null));
    for (Level family : Level.values()) {
      Optional<Held> best =
          family.compareTo(first) < 0 || family.compareTo(mine.level()) > 0
              ? Optional.empty()
              : heads(mine, plan, family)
                  .max(
                      Comparator.comparingLong((Held held) -> score(plan, held, family))
                          .thenComparing(held -> !held.talks())
                          .thenComparing(Held::rank, Comparator.reverseOrder()));
      if (best.isPresent()) {
        return Optional.of(take(mine, best.get(), family, pairing));
      }
    }
    put(mine);
    return Optional.empty();
  }

  private Stream<Held> heads(Held seeker, SearchPlan plan, Level family) {
    return plan.look().stream()
        .flatMap(
            side ->
                plan.rungs(family).stream()
                    .flatMap(
                        rung ->
                            waiting(plan.pool())
                                .filter(held -> held.ticket().side().equals(side))
                                .filter(held -> family.compareTo(held.level()) <= 0)
                                .filter(held -> held.ticket().plan().rungs(family).contains(rung))
                                .filter(held -> mayMeet(seeker.ticket(), held.ticket()))
                                .filter(held -> !calm(seeker, held) && !calm(held, seeker))
                                .limit(family == Level.SAME_TAGS ? 4 : 1)))
        .distinct();
  }

  private Stream<Held> waiting(Pool pool) {
    return tickets.values().stream()
        .filter(held -> held.state() == TicketState.WAITING)
        .filter(held -> held.ticket().criteria().pool().equals(pool))
        .sorted(Comparator.comparing(Held::rank));
  }

  private static boolean calm(Held one, Held other) {
    return one.ai().calm() != null && other.talks();
  }

  private boolean mayMeet(Ticket one, Ticket other) {
    return names(one).stream()
        .noneMatch(
            name ->
                names(other).stream()
                    .anyMatch(peer -> apart.contains(Set.copyOf(List.of(name, peer)))));
  }

  private static long score(SearchPlan plan, Held held, Level family) {
    return family == Level.SAME_TAGS
        ? held.ticket().plan().tags().stream().filter(plan.tags()::contains).count()
        : 0;
  }

  private Found take(Held mine, Held other, Level family, Pairing pairing) {
    SessionId session = pairing.session();
    boolean both = pairing.acceptance() == Acceptance.BOTH;
    Set<Integer> free = new HashSet<>();
    if (!both && !other.talks()) {
      free.add(1);
    }
    if (!both && !mine.talks()) {
      free.add(2);
    }
    boolean atOnce = free.size() == 2;
    Match match =
        new Match(
            session,
            family,
            Instant.EPOCH,
            Instant.EPOCH,
            List.of(member(other), member(mine)),
            free);
    TicketState state = atOnce ? TicketState.MATCHED : TicketState.PROPOSED;
    matches.put(session, match);
    accepted.put(session, free);
    put(mine.in(state, session));
    put(other.in(state, session));
    TicketId id = other.ticket().id();
    tell(other, atOnce ? new OwnerNews.PeerFound(id, match) : new OwnerNews.Proposed(id, match));
    return new Found(match, state);
  }

  static MatchMember member(Held held) {
    return new MatchMember(held.ticket(), held.rank(), held.attempt(), held.level(), Duration.ZERO);
  }
}
