package parley.match.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import parley.domain.Cohort;
import parley.domain.ParticipantId;
import parley.domain.SessionId;
import parley.match.core.Acceptance;
import parley.match.core.Arrival;
import parley.match.core.Attachment;
import parley.match.core.Level;
import parley.match.core.Match;
import parley.match.core.Pairing;
import parley.match.core.RandomWishes;
import parley.match.core.Relaxation;
import parley.match.core.Ticket;
import parley.match.core.TicketState;
import parley.match.core.port.TicketPool;
import parley.testing.Counts;

/// Arrivals, parkings, returns and cancels of several threads at two nodes, over few people's
/// wishes.
class RacingIT {
  private static final int THREADS = 8;
  private static final int ARRIVALS = Counts.of(250, 5_000);

  private final Pools pools = new Pools();
  private final Queue<Match> matches = new ConcurrentLinkedQueue<>();
  private final Queue<Ticket> tickets = new ConcurrentLinkedQueue<>();

  @Test
  void nobodyIsTakenTwiceAndNobodyWaitsBesideACompatiblePeer() throws Exception {
    try (pools;
        ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<TicketPool> nodes = List.of(pools.pool("match-1"), pools.pool("match-2"));
      CountDownLatch start = new CountDownLatch(1);
      List<Future<?>> done =
          java.util.stream.IntStream.range(0, THREADS)
              .<Future<?>>mapToObj(
                  i ->
                      threads.submit(
                          () -> {
                            start.await();
                            new Racer(i, nodes).run();
                            return null;
                          }))
              .toList();
      start.countDown();
      for (Future<?> one : done) {
        one.get();
      }
      check(nodes.getFirst());
    }
  }

  private void check(TicketPool pool) {
    Map<ParticipantId, SessionId> taken = new HashMap<>();
    for (Match match : matches) {
      Ticket one = match.members().getFirst().ticket();
      Ticket other = match.members().getLast().ticket();
      assertThat(RandomWishes.mayMeet(one, other)).as("%s with %s", one, other).isTrue();
      assertThat(taken.put(one.participant(), match.session())).as("%s twice", one).isNull();
      assertThat(taken.put(other.participant(), match.session())).as("%s twice", other).isNull();
    }
    List<Ticket> waiting =
        tickets.stream().filter(ticket -> state(pool, ticket) == TicketState.WAITING).toList();
    assertThat(pools.standing())
        .as("who stands in a queue")
        .containsExactlyInAnyOrderElementsOf(
            waiting.stream().map(ticket -> ticket.participant().text()).toList());
    for (Ticket one : waiting) {
      assertThat(waiting.stream().filter(other -> !other.equals(one)))
          .as("who waits beside %s", one)
          .noneMatch(other -> RandomWishes.mayMeet(one, other));
      assertThat(taken).doesNotContainKey(one.participant());
    }
    assertThat(matches).as("matches, so that the test says something").hasSizeGreaterThan(ARRIVALS);
    for (Ticket ticket : tickets) {
      TicketState state = state(pool, ticket);
      if (taken.containsKey(ticket.participant())) {
        assertThat(state).isIn(TicketState.MATCHED, TicketState.CANCELLED);
      } else {
        assertThat(state).isNotEqualTo(TicketState.MATCHED);
      }
    }
  }

  private static TicketState state(TicketPool pool, Ticket ticket) {
    return pool.find(Cohort.ADULT, ticket.participant()).orElseThrow().state();
  }

  /// One thread: its own people, and now and then somebody else's ticket.
  private final class Racer {
    private final List<TicketPool> nodes;
    private final Random random;
    private final RandomWishes wishes;

    Racer(int number, List<TicketPool> nodes) {
      this.nodes = nodes;
      this.random = new Random(number);
      this.wishes = new RandomWishes(number, 20);
    }

    void run() {
      for (int i = 0; i < ARRIVALS; i++) {
        Ticket ticket = wishes.ticket();
        TicketPool node = nodes.get(random.nextInt(nodes.size()));
        tickets.add(ticket);
        arrive(ticket, node);
      }
    }

    /// Relaxes to the end, as far as nobody takes it meanwhile.
    private void arrive(Ticket ticket, TicketPool node) {
      if (node.arrive(ticket, pairing()) instanceof Arrival.Met met) {
        matches.add(met.match());
        return;
      }
      for (Level to : Level.values()) {
        if (to.compareTo(ticket.start()) > 0
            && node.relax(ticket, to, pairing()) instanceof Relaxation.Met met) {
          matches.add(met.match());
          return;
        }
      }
      goOn(ticket, node);
    }

    private void goOn(Ticket ticket, TicketPool node) {
      switch (random.nextInt(6)) {
        case 0 -> node.cancel(Cohort.ADULT, ticket.participant(), ticket.id());
        case 1 -> node.park(ticket);
        case 2, 3 -> {
          node.park(ticket);
          attach(ticket, nodes.get(random.nextInt(nodes.size())));
        }
        case 4 -> attach(ticket, nodes.get(random.nextInt(nodes.size())));
        default -> {}
      }
    }

    private void attach(Ticket ticket, TicketPool node) {
      if (node.attach(ticket, pairing()) instanceof Attachment.Met met) {
        matches.add(met.match());
      }
    }

    private Pairing pairing() {
      return new Pairing(SessionId.random(random), Acceptance.AT_ONCE);
    }
  }
}
