package parley.bench;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import parley.backing.RedisOptions;
import parley.backing.RedisServer;
import parley.bench.TicketPlace.Cost;
import parley.domain.Gender;
import parley.domain.SessionId;
import parley.match.core.AiStanding;
import parley.match.core.Arrival;
import parley.match.core.Level;
import parley.match.core.Match;
import parley.match.core.Rank;
import parley.match.core.Relaxation;
import parley.match.core.Standing;
import parley.match.core.Ticket;

/// What the steps of a ticket cost Redis with few and with many who wait, for one [Mix]. Those who
/// wait are men who seek women, at their widest level; seeds are fixed.
final class TicketBench {
  private static final int MEASURED = 4_000;
  private static final int PART = 10_000;
  private static final int SEED = 7;

  private final List<Integer> waiting;
  private final Mix mix;
  private final SplittableRandom random = new SplittableRandom(SEED);
  private final AtomicLong ranks = new AtomicLong();

  TicketBench(List<Integer> waiting, Mix mix) {
    this.waiting = List.copyOf(waiting);
    this.mix = mix;
  }

  void run() {
    System.out.printf(
        "%s mix, seed %d, %d tickets a row, %d in flight, no persistence%n",
        mix.name().toLowerCase(Locale.ROOT), SEED, MEASURED, TicketPlace.IN_FLIGHT);
    System.out.println("waiting   step                 script µs   Redis CPU µs");
    waiting.forEach(this::measure);
  }

  private void measure(int crowd) {
    try (RedisServer server = RedisServer.start(RedisOptions.fleeting());
        TicketPlace place = TicketPlace.open(server)) {
      long empty = place.memory();
      for (int left = crowd; left > 0; left -= PART) {
        List<Ticket> part = mix.tickets(Math.min(left, PART), Gender.MAN, random);
        var _ = place.each(part, ticket -> wide(place, ticket) instanceof Arrival.Stood);
      }
      String each = (place.memory() - empty) / crowd + " B a waiting ticket";
      List<Ticket> men = mix.tickets(MEASURED, Gender.MAN, random);
      place.refuse(men, () -> mix.refusals(random));
      row(crowd, "finds nobody", place.each(men, man -> stands(place, man)), each);
      row(crowd, "relaxes one level", place.each(men, man -> relaxes(place, man)), "");
      List<Ticket> women = mix.tickets(MEASURED, Gender.WOMAN, random);
      place.refuse(women, () -> mix.refusals(random));
      Queue<SessionId> found = new ConcurrentLinkedQueue<>();
      Cost matched =
          place.each(
              women,
              woman ->
                  wide(place, woman) instanceof Arrival.Met(Match match)
                      && found.add(match.session()));
      row(crowd, "is matched", matched, matched.counted() + " of " + MEASURED);
      row(crowd, "is settled", place.each(List.copyOf(found), place::settle), "");
    }
  }

  private static void row(int crowd, String step, Cost cost, String more) {
    System.out.printf("%7d   %-18s %s   %s%n", crowd, step, cost.row(), more);
  }

  /// Comes at the widest level, as who has waited for long.
  private Arrival wide(TicketPlace place, Ticket ticket) {
    Rank rank = new Rank(1_000_000_000_000_000L + ranks.incrementAndGet());
    Standing before =
        new Standing(rank, 1, Level.ANYONE, 0, Duration.ZERO, Duration.ZERO, AiStanding.NONE);
    return place.pool().arriveAgain(ticket, before, place.pairing());
  }

  private static boolean stands(TicketPlace place, Ticket ticket) {
    return place.pool().arrive(ticket, place.pairing()) instanceof Arrival.Stood;
  }

  private static boolean relaxes(TicketPlace place, Ticket ticket) {
    return place.pool().relax(ticket, Level.SAME_LANGUAGE, place.pairing())
        instanceof Relaxation.Stood;
  }
}
