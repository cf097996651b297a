package parley.match.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.match.core.TicketBuilder.ticket;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import parley.domain.Cohort;
import parley.domain.DeviceId;
import parley.domain.NodeId;
import parley.domain.ParticipantId;
import parley.domain.SessionId;
import parley.domain.TalkerKind;
import parley.match.core.Acceptance;
import parley.match.core.AiPeer;
import parley.match.core.AiWelcome;
import parley.match.core.Arrival;
import parley.match.core.Claim;
import parley.match.core.HeldTicket;
import parley.match.core.Pairing;
import parley.match.core.Ticket;
import parley.match.core.TicketBuilder;
import parley.match.core.TicketState;
import parley.match.core.Verdict;
import parley.match.core.port.TicketPool;
import parley.testing.Counts;

/// A person and an AI peer reach for one ticket at the same moment, through the real scripts, from
/// two nodes: one of them has it.
class AiAgainstPersonIT {
  private static final int LANES = 4;
  private static final int RACES_A_LANE = Counts.of(500, 25_000);
  private static final long SEED = 60_421;

  private final Pools pools = new Pools();
  private final AtomicInteger byPerson = new AtomicInteger();
  private final AtomicInteger byAi = new AtomicInteger();

  @Test
  void onlyOneWinsEachTicket() throws Exception {
    try (pools;
        ExecutorService threads = Executors.newCachedThreadPool()) {
      TicketPool owner = pools.pool("match-1");
      TicketPool other = pools.pool("match-2");
      List<Future<?>> lanes = new ArrayList<>();
      for (int i = 0; i < LANES; i++) {
        Lane lane = new Lane(i, owner, other, threads);
        lanes.add(threads.submit(lane::run));
      }
      for (Future<?> lane : lanes) {
        lane.get();
      }
      assertThat(pools.standing()).as("who was taken, or cancelled, stands nowhere").isEmpty();
    }
    assertThat(byPerson.get() + byAi.get()).as("seed %d", SEED).isEqualTo(LANES * RACES_A_LANE);
    assertThat(byPerson).as("won by people, so that it is a race").hasPositiveValue();
    assertThat(byAi).as("won by AI peers, so that it is a race").hasPositiveValue();
    System.out.printf(
        "races for one ticket, seed %d: %d, won by a person %d, by an AI peer %d%n",
        SEED, LANES * RACES_A_LANE, byPerson.get(), byAi.get());
  }

  /// Races one after the other, in a pool of its own.
  private final class Lane {
    private final String intent;
    private final SplittableRandom random;
    private final TicketPool owner;
    private final TicketPool other;
    private final ExecutorService threads;
    private final CyclicBarrier start = new CyclicBarrier(2);

    Lane(int number, TicketPool owner, TicketPool other, ExecutorService threads) {
      this.intent = "race-" + number;
      this.random = new SplittableRandom(SEED + number);
      this.owner = owner;
      this.other = other;
      this.threads = threads;
    }

    Void run() throws Exception {
      for (int i = 0; i < RACES_A_LANE; i++) {
        race(random.nextBoolean() ? AiWelcome.INSTEAD : AiWelcome.MEANWHILE);
      }
      return null;
    }

    private void race(AiWelcome welcome) throws Exception {
      Ticket waits = somebody().welcoming(welcome).build();
      Ticket comes = somebody().build();
      assertThat(owner.arrive(waits, pairing())).isInstanceOf(Arrival.Stood.class);
      AiPeer peer =
          new AiPeer(ParticipantId.random(random), new NodeId("bot-1"), "r", TalkerKind.MODEL, "");
      SessionId ai = SessionId.random(random);
      Pairing pairing = pairing();
      int headStart = random.nextInt(400);
      boolean aiIsLate = random.nextBoolean();
      Future<Claim> claiming =
          threads.submit(
              () -> {
                await(aiIsLate ? headStart : 0);
                return owner.claim(waits, 0, peer, ai);
              });
      await(aiIsLate ? 0 : headStart);
      Arrival arrival = other.arrive(comes, pairing);
      check(waits, welcome, claiming.get(), arrival);
      clear(waits);
      clear(comes);
    }

    private void await(int spins) throws Exception {
      start.await();
      for (int i = 0; i < spins; i++) {
        Thread.onSpinWait();
      }
    }

    private void check(Ticket waits, AiWelcome welcome, Claim claim, Arrival arrival) {
      HeldTicket held = other.find(Cohort.ADULT, waits.participant()).orElseThrow();
      if (claim instanceof Claim.Claimed claimed) {
        byAi.incrementAndGet();
        if (welcome == AiWelcome.INSTEAD) {
          assertThat(arrival).isInstanceOf(Arrival.Stood.class);
          assertThat(held.session()).isEqualTo(claimed.match().session());
        } else {
          assertThat(arrival).as("asked first").isInstanceOf(Arrival.Proposed.class);
          assertThat(held.companion().session()).isEqualTo(claimed.match().session());
        }
      } else {
        byPerson.incrementAndGet();
        assertThat(arrival).isInstanceOf(Arrival.Met.class);
        assertThat(held.state()).isEqualTo(TicketState.MATCHED);
        assertThat(held.session()).isEqualTo(((Arrival.Met) arrival).match().session());
        assertThat(held.companion()).isNull();
      }
    }

    /// So that the next race is between two alone.
    private void clear(Ticket ticket) {
      HeldTicket held = other.find(Cohort.ADULT, ticket.participant()).orElseThrow();
      if (held.state() == TicketState.PROPOSED) {
        other.answer(Cohort.ADULT, ticket.participant(), held.session(), Verdict.DECLINE);
      }
      other.cancel(Cohort.ADULT, ticket.participant(), ticket.id());
    }

    private TicketBuilder somebody() {
      return ticket().of(ParticipantId.random(random)).on(DeviceId.random(random)).intent(intent);
    }

    private Pairing pairing() {
      return new Pairing(SessionId.random(random), Acceptance.AT_ONCE);
    }
  }
}
