package parley.match.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static parley.domain.Gender.MAN;
import static parley.domain.Gender.WOMAN;
import static parley.match.core.TicketBuilder.ticket;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.domain.Cohort;
import parley.domain.NodeId;
import parley.domain.ParticipantId;
import parley.domain.SessionId;
import parley.domain.TalkerKind;
import parley.match.core.Acceptance;
import parley.match.core.AiPeer;
import parley.match.core.AiWelcome;
import parley.match.core.Arrival;
import parley.match.core.Attachment;
import parley.match.core.Claim;
import parley.match.core.Ending;
import parley.match.core.MatchTimes;
import parley.match.core.Pairing;
import parley.match.core.Rank;
import parley.match.core.Settlement;
import parley.match.core.Standing;
import parley.match.core.Ticket;
import parley.match.core.TicketState;
import parley.match.core.port.PoolUnavailable;
import parley.match.core.port.TicketPool;
import parley.platform.discovery.LeaseTimes;
import parley.testing.Eventually;

/// What depends on moments, leases and what Redis remembers.
class PoolOverTimeIT {
  private static final MatchTimes SHORT = times(Duration.ofMillis(150));

  /// Beats so seldom that a call comes before the next.
  private static final LeaseTimes SELDOM =
      new LeaseTimes(Duration.ofSeconds(6), Duration.ofSeconds(2));

  private final RandomGenerator random = new SplittableRandom(1);
  private final Pools pools = new Pools();

  @AfterEach
  void close() {
    pools.close();
  }

  @Test
  void aParkedTicketIsOverAfterItsTimeAndThenAnotherMayBeMade() {
    TicketPool pool = pools.node("match-1", SHORT, LeaseTimes.DEFAULT).pool();
    Ticket parked = stand(pool, ticket().build());
    pool.park(parked);
    Eventually.holds("it expires", () -> state(pool, parked) == TicketState.EXPIRED);
    assertThat(pool.attach(parked, pairing())).isInstanceOf(Attachment.Over.class);
    assertThat(pool.cancel(Cohort.ADULT, parked.participant(), parked.id()))
        .isEqualTo(new Ending.NotWaiting(TicketState.EXPIRED));
    stand(pool, ticket().of(parked.participant()).request("request-2").build());
  }

  @Test
  void aMatchThatNobodySettlesIsOverAfterItsTime() {
    TicketPool pool = pools.node("match-1", SHORT, LeaseTimes.DEFAULT).pool();
    Ticket waiting = stand(pool, ticket().build());
    assertThat(pool.arrive(ticket().build(), pairing())).isInstanceOf(Arrival.Met.class);
    Ticket next = ticket().of(waiting.participant()).request("request-2").build();
    assertThat(pool.arrive(next, pairing())).isInstanceOf(Arrival.Occupied.class);
    Eventually.holds("it is over", () -> state(pool, waiting) == TicketState.EXPIRED);
    stand(pool, next);
  }

  @Test
  void whoRestsWithAnAiPeerStandsInNoQueue() {
    TicketPool pool = pools.pool("match-1");
    for (AiWelcome welcome : List.of(AiWelcome.INSTEAD, AiWelcome.MEANWHILE)) {
      Ticket ticket = stand(pool, ticket().welcoming(welcome).build());
      AiPeer peer =
          new AiPeer(ParticipantId.random(random), new NodeId("bot-1"), "r", TalkerKind.MODEL, "");
      assertThat(pool.claim(ticket, 0, peer, SessionId.random(random)))
          .isInstanceOf(Claim.Claimed.class);
      pool.wish(Cohort.ADULT, ticket.participant(), ticket.id(), AiWelcome.INSTEAD);
      assertThat(pools.standing()).isEmpty();
    }
  }

  @Test
  void ticketsOfADeadNodeAreParkedByWhoFindsThemAndComeBackWithTheirRank() {
    TicketPool living = pools.pool("match-1");
    Ticket lost = ticket().as(WOMAN).seeking(MAN).build();
    Standing before;
    try (RedisMatch dying = open("match-2")) {
      before = ((Arrival.Stood) dying.pool().arrive(lost, pairing())).standing();
    }
    assertThat(state(living, lost)).as("judged on reading").isEqualTo(TicketState.PARKED);
    Ticket seeker = ticket().as(MAN).seeking(WOMAN).build();
    stand(living, seeker);
    assertThat(pools.standing()).containsExactly(seeker.participant().text());
    Ticket another = ticket().as(WOMAN).seeking(MAN).build();
    assertThat(living.arrive(another, pairing())).isInstanceOf(Arrival.Met.class);
    assertThat(living.attach(lost, pairing()))
        .isInstanceOfSatisfying(
            Attachment.Stood.class,
            stood -> assertThat(stood.standing().rank()).isEqualTo(before.rank()));
  }

  @Test
  void aTicketOfADeadNodeThatNobodyFoundIsTakenUpAndLooksAgain() {
    TicketPool living = pools.pool("match-1");
    Ticket lost = ticket().as(WOMAN).seeking(WOMAN).build();
    try (RedisMatch dying = open("match-2")) {
      stand(dying.pool(), lost);
    }
    assertThat(living.attach(lost, pairing())).isInstanceOf(Attachment.Stood.class);
    assertThat(living.arrive(ticket().as(WOMAN).seeking(WOMAN).build(), pairing()))
        .isInstanceOf(Arrival.Met.class);
  }

  @Test
  void aThousandTicketsOfADeadNodeAreClearedAway() {
    TicketPool living = pools.pool("match-1");
    try (RedisMatch dying = open("match-2")) {
      for (int i = 0; i < 1000; i++) {
        stand(dying.pool(), ticket().as(WOMAN).seeking(MAN).languages("en").tags("go").build());
      }
    }
    Ticket seeker =
        stand(living, ticket().as(MAN).seeking(WOMAN).languages("en").tags("go").build());
    assertThat(pools.standing()).containsExactly(seeker.participant().text());
  }

  @Test
  void aNodeWithoutALeaseMayNotActAndRecovers() {
    RedisMatch node = open("match-1");
    try (node) {
      pools.look().hdel(pools.key("nodes"), owner());
      assertThatThrownBy(() -> node.pool().arrive(ticket().build(), pairing()))
          .isInstanceOf(PoolUnavailable.class);
      Eventually.holds(
          "the next beat renews the lease",
          () -> {
            stand(node.pool(), ticket().as(WOMAN).seeking(MAN).build());
            return true;
          });
    }
  }

  @Test
  void whatRedisLostEntersAgainWithItsRank() {
    RedisMatch node = pools.node("match-1", MatchTimes.DEFAULT, SELDOM);
    List<Cohort> lost = new CopyOnWriteArrayList<>();
    node.tell(_ -> {}, lost::add);
    Ticket ticket = ticket().build();
    Standing before = ((Arrival.Stood) node.pool().arrive(ticket, pairing())).standing();
    Rank rank = before.rank();
    pools
        .look()
        .keys(pools.key("*").replace("{", "[{]").replace("}", "[}]"))
        .forEach(pools.look()::del);
    assertThatThrownBy(() -> node.pool().arrive(ticket, pairing()))
        .as("an old gen")
        .isInstanceOf(PoolUnavailable.class);
    Eventually.holds("the loss is found", () -> lost.contains(Cohort.ADULT));
    assertThat(node.pool().arriveAgain(ticket, before, pairing()))
        .isInstanceOfSatisfying(
            Arrival.Stood.class, stood -> assertThat(stood.standing().rank()).isEqualTo(rank));
    Ticket later = ticket().as(WOMAN).seeking(WOMAN).build();
    assertThat(((Arrival.Stood) node.pool().arrive(later, pairing())).standing().rank())
        .isGreaterThan(rank);
  }

  @Test
  void scriptsAreLoadedAgainAfterAFlush() {
    TicketPool pool = pools.pool("match-1");
    Ticket waiting = stand(pool, ticket().build());
    pools.look().scriptFlush();
    assertThat(pool.arrive(ticket().build(), pairing())).isInstanceOf(Arrival.Met.class);
    pools.look().scriptFlush();
    assertThat(state(pool, waiting)).isEqualTo(TicketState.MATCHED);
  }

  @Test
  void ranksGrowAlsoWhenTheClockGoesBack() {
    TicketPool pool = pools.pool("match-1");
    String future = "9000000000000000";
    pools.look().hset(pools.key("nodes"), "rank", future);
    assertThat(pool.arrive(ticket().as(WOMAN).seeking(WOMAN).build(), pairing()))
        .isInstanceOfSatisfying(
            Arrival.Stood.class,
            stood ->
                assertThat(stood.standing().rank()).isEqualTo(new Rank(9_000_000_000_000_001L)));
  }

  @Test
  void endedTicketsGoAwayAndQueuesLeaveNothingBehind() {
    TicketPool pool = pools.pool("match-1");
    Ticket one = stand(pool, ticket().as(WOMAN).languages("en").tags("go").build());
    pool.arrive(ticket().as(MAN).languages("en").tags("go").build(), pairing());
    assertThat(pools.queues()).isEmpty();
    assertThat(pools.look().ttl(pools.key("t:" + one.participant()))).isBetween(600L, 630L);
    assertThat(pool.settle(Cohort.ADULT, pairing().session(), Set.of()))
        .isEqualTo(new Settlement.NoMatch());
  }

  private RedisMatch open(String id) {
    return pools.node(id);
  }

  private String owner() {
    return pools.look().hkeys(pools.key("nodes")).stream()
        .filter(field -> field.length() == 8)
        .findFirst()
        .orElseThrow();
  }

  private Ticket stand(TicketPool pool, Ticket ticket) {
    assertThat(pool.arrive(ticket, pairing())).isInstanceOf(Arrival.Stood.class);
    return ticket;
  }

  private static TicketState state(TicketPool pool, Ticket ticket) {
    return pool.find(Cohort.ADULT, ticket.participant()).orElseThrow().state();
  }

  private Pairing pairing() {
    return new Pairing(SessionId.random(random), Acceptance.AT_ONCE);
  }

  private static MatchTimes times(Duration quick) {
    MatchTimes usual = MatchTimes.DEFAULT;
    return new MatchTimes(
        quick,
        quick,
        quick,
        quick,
        usual.keptAfterEnd(),
        usual.longestWait(),
        usual.silence(),
        usual.keepWaitingEvery(),
        usual.updateEvery(),
        usual.updateAtLeast());
  }
}
