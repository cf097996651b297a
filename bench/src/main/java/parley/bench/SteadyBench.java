package parley.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import parley.backing.RedisOptions;
import parley.backing.RedisServer;
import parley.bench.TicketPlace.Cost;
import parley.domain.Gender;
import parley.domain.SessionId;
import parley.match.core.Arrival;
import parley.match.core.Level;
import parley.match.core.Match;
import parley.match.core.Relaxation;
import parley.match.core.Ticket;

/// A whole ticket in a steady pool: as many men as women come, 512 a round, at the level where
/// their wishes begin; who stands relaxes a level after each round; who is matched is settled.
final class SteadyBench {
  private static final int TICKETS = 16_384;
  private static final int ROUND = 512;
  private static final int SEED = 11;

  private final Mix mix;
  private final SplittableRandom random = new SplittableRandom(SEED);

  SteadyBench(Mix mix) {
    this.mix = mix;
  }

  private record Waiter(Ticket ticket, Level level) {}

  /// What one round leaves for the next.
  private record Round(Queue<Waiter> standing, Queue<SessionId> found) {
    Round() {
      this(new ConcurrentLinkedQueue<>(), new ConcurrentLinkedQueue<>());
    }

    boolean stands(Ticket ticket, Level level) {
      standing.add(new Waiter(ticket, level));
      return false;
    }
  }

  void run() {
    try (RedisServer server = RedisServer.start(RedisOptions.fleeting());
        TicketPlace place = TicketPlace.open(server)) {
      Duration used = Duration.ZERO;
      int onArrival = 0;
      int later = 0;
      List<Waiter> standing = List.of();
      for (int i = 0; i < TICKETS / ROUND; i++) {
        List<Ticket> coming = coming(i);
        place.refuse(coming, () -> mix.refusals(random));
        Round round = new Round();
        Cost relaxing = place.each(standing, waiter -> relaxes(place, waiter, round));
        Cost arriving = place.each(coming, ticket -> arrives(place, ticket, round));
        Cost settling = place.each(List.copyOf(round.found()), place::settle);
        used = used.plus(relaxing.used()).plus(arriving.used()).plus(settling.used());
        onArrival += arriving.counted();
        later += relaxing.counted();
        standing = List.copyOf(round.standing());
      }
      System.out.printf(
          "%s mix, steady, seed %d, %d tickets: %.1f µs of Redis' CPU a whole ticket;"
              + " pairs on arrival %d, after relaxing %d, %d tickets still wait%n",
          mix.name().toLowerCase(Locale.ROOT),
          SEED,
          TICKETS,
          used.toNanos() / 1e3 / TICKETS,
          onArrival,
          later,
          standing.size());
    }
  }

  private List<Ticket> coming(int round) {
    List<Ticket> coming = new ArrayList<>(mix.tickets(ROUND / 2, Gender.MAN, random));
    coming.addAll(mix.tickets(ROUND / 2, Gender.WOMAN, random));
    Collections.shuffle(coming, new Random(round));
    return coming;
  }

  private static boolean arrives(TicketPlace place, Ticket ticket, Round round) {
    return switch (place.pool().arrive(ticket, place.pairing())) {
      case Arrival.Met(Match match) -> round.found().add(match.session());
      default -> round.stands(ticket, ticket.start());
    };
  }

  /// Who was taken meanwhile does nothing more.
  private static boolean relaxes(TicketPlace place, Waiter waiter, Round round) {
    Optional<Level> next = waiter.level().next();
    if (next.isEmpty()) {
      return round.stands(waiter.ticket(), waiter.level());
    }
    return switch (place.pool().relax(waiter.ticket(), next.get(), place.pairing())) {
      case Relaxation.Met(Match match) -> round.found().add(match.session());
      case Relaxation.Stood _ -> round.stands(waiter.ticket(), next.get());
      case Relaxation.Stale _, Relaxation.Proposed _ -> false;
    };
  }
}
