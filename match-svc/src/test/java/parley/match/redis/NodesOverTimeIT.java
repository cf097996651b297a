package parley.match.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static parley.domain.Gender.MAN;
import static parley.domain.Gender.WOMAN;
import static parley.match.core.TicketBuilder.ticket;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.domain.Cohort;
import parley.domain.NodeId;
import parley.domain.SessionId;
import parley.match.core.Acceptance;
import parley.match.core.Arrival;
import parley.match.core.Attachment;
import parley.match.core.Crowd;
import parley.match.core.Level;
import parley.match.core.Match;
import parley.match.core.MatchTimes;
import parley.match.core.Pairing;
import parley.match.core.ProposalOutcome;
import parley.match.core.Standing;
import parley.match.core.Ticket;
import parley.match.core.TicketState;
import parley.match.core.Verdict;
import parley.match.core.port.PoolUnavailable;
import parley.match.core.port.TicketPool;
import parley.platform.discovery.LeaseTimes;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.ScriptQueue;
import parley.testing.Eventually;

/// Deadlines of proposals, dead nodes and who clears up behind them, and what nodes tell each
/// other.
class NodesOverTimeIT {
  private static final LeaseTimes QUICK =
      new LeaseTimes(Duration.ofMillis(600), Duration.ofMillis(60));

  private final RandomGenerator random = new SplittableRandom(1);
  private final Pools pools = new Pools();

  @AfterEach
  void close() {
    pools.close();
  }

  @Test
  void whoAcceptedGoesBackAndWhoWasSilentIsCancelledWhenTheTimeIsUp() {
    TicketPool pool = pools.node("match-1", hasty(), LeaseTimes.DEFAULT).pool();
    Ticket accepts = ticket().build();
    Standing before = ((Arrival.Stood) pool.arrive(accepts, pairing(Acceptance.BOTH))).standing();
    Ticket silent = ticket().build();
    Match match = ((Arrival.Proposed) pool.arrive(silent, pairing(Acceptance.BOTH))).match();
    assertThat(answer(pool, accepts, match, Verdict.ACCEPT)).isEqualTo(ProposalOutcome.ANSWERED);
    Eventually.holds(
        "the time is up",
        () -> answer(pool, silent, match, Verdict.TIME_UP) == ProposalOutcome.ANSWERED);
    assertThat(answer(pool, silent, match, Verdict.ACCEPT)).isEqualTo(ProposalOutcome.OVER);
    assertThat(state(pool, silent)).isEqualTo(TicketState.CANCELLED);
    assertThat(state(pool, accepts)).isEqualTo(TicketState.PARKED);
    Attachment back = pool.attach(accepts, pairing(Acceptance.BOTH));
    assertThat(((Attachment.Stood) back).standing().rank()).isEqualTo(before.rank());
    Ticket again =
        ticket().of(silent.participant()).on(silent.device()).request("request-2").build();
    assertThat(pool.arrive(again, pairing(Acceptance.BOTH)))
        .as("the two never meet again")
        .isInstanceOf(Arrival.Stood.class);
  }

  @Test
  void anAnswerThatComesTooLateCountsForNothing() {
    TicketPool pool = pools.node("match-1", hasty(), LeaseTimes.DEFAULT).pool();
    Ticket one = ticket().build();
    pool.arrive(one, pairing(Acceptance.BOTH));
    Ticket other = ticket().build();
    Match match = ((Arrival.Proposed) pool.arrive(other, pairing(Acceptance.BOTH))).match();
    assertThat(answer(pool, one, match, Verdict.ACCEPT)).isEqualTo(ProposalOutcome.ANSWERED);
    Eventually.holds(
        "Redis' clock is past the deadline",
        () -> redisMicros() > match.enterBy().toEpochMilli() * 1000 + 1000);
    assertThat(answer(pool, other, match, Verdict.ACCEPT)).isEqualTo(ProposalOutcome.OVER);
    assertThat(state(pool, other)).isEqualTo(TicketState.CANCELLED);
  }

  @Test
  void ticketsOfADeadNodeThatNobodyMeetsAreParkedByTheReaper() {
    RedisMatch living = pools.node("match-1", MatchTimes.DEFAULT, QUICK);
    Ticket lost = ticket().as(WOMAN).seeking(WOMAN).languages("en").tags("go").build();
    Ticket held = ticket().as(MAN).seeking(MAN).build();
    living.pool().arrive(held, pairing(Acceptance.AT_ONCE));
    try (RedisMatch dying = pools.node("match-2")) {
      dying.pool().arrive(lost, pairing(Acceptance.AT_ONCE));
    }
    Eventually.holds(
        "the reaper parks what the dead node left",
        () -> !pools.standing().contains(lost.participant().text()));
    assertThat(state(living.pool(), held)).isEqualTo(TicketState.WAITING);
    assertThat(living.pool().attach(lost, pairing(Acceptance.AT_ONCE)))
        .isInstanceOf(Attachment.Stood.class);
  }

  @Test
  void whoHasNotBeatenTwiceSinceAnOwnerDiedReapsNothing() {
    NodeContext context = NodeContext.of(new NodeId("match-9"));
    try (RedisMatch dying = pools.node("match-2")) {
      dying.pool().arrive(ticket().build(), pairing(Acceptance.AT_ONCE));
    }
    try (ScriptQueue queue = ScriptQueue.open(pools.redis(), context)) {
      String now = "%016d".formatted(redisMicros());
      String later = "%016d".formatted(redisMicros() + 60_000_000);
      pools.look().hset(pools.key("nodes"), "reaper00", lease(later, now, "0".repeat(16)));
      ScriptRunner scripts = new ScriptRunner(queue, new PoolMeters(context.meters()));
      assertThat(reap(scripts)).as("one beat since").isZero();
      pools.look().hset(pools.key("nodes"), "reaper00", lease(later, now, now));
      Eventually.holds("two beats since", () -> reap(scripts) == 1);
    }
  }

  @Test
  void nobodySearchesBeforeWhatRedisLostIsRefilledAndOneNodeDoesIt() {
    RedisMatch one = pools.node("match-1", MatchTimes.DEFAULT, QUICK);
    AtomicBoolean truthIsAway = new AtomicBoolean(true);
    AtomicInteger refills = new AtomicInteger();
    one.tell(_ -> {}, refilling(truthIsAway, refills));
    assertThatThrownBy(() -> one.pool().arrive(ticket().build(), pairing(Acceptance.AT_ONCE)))
        .as("what was refused is not known yet")
        .isInstanceOf(PoolUnavailable.class);
    truthIsAway.set(false);
    Eventually.holds("the next beats refill", () -> one.acts() && arrives(one.pool()));
    int before = refills.get();
    RedisMatch two = pools.node("match-2", MatchTimes.DEFAULT, QUICK);
    two.tell(_ -> {}, refilling(truthIsAway, refills));
    assertThat(arrives(two.pool())).as("refilled by the other").isTrue();
    assertThat(refills).hasValue(before);
    pools
        .look()
        .keys(pools.key("*").replace("{", "[{]").replace("}", "[}]"))
        .forEach(pools.look()::del);
    Eventually.holds("both act again", () -> arrives(one.pool()) && arrives(two.pool()));
    assertThat(refills.get()).as("lost again, refilled again").isGreaterThan(before);
  }

  @Test
  void aBeatThatIsAskedForAfterTheCloseIsNone() {
    NodeContext context = NodeContext.of(new NodeId("match-1"));
    try (ScriptQueue queue = ScriptQueue.open(pools.redis(), context)) {
      OwnerLease lease =
          OwnerLease.hold(
              new ScriptRunner(queue, new PoolMeters(context.meters())),
              MatchKeys.of(pools.redis()),
              QUICK,
              Duration.ofMinutes(1),
              context,
              Set.of(Cohort.ADULT));
      lease.close();
      lease.beatSoon();
      assertThat(lease.gen(Cohort.ADULT)).isNotEmpty();
    }
  }

  @Test
  void aCohortThatFailsAlsoAtTheStartKeepsNoOtherFromItsTurn() {
    for (Cohort broken : Cohort.values()) {
      pools.look().del(key(broken, "nodes"));
      pools.look().set(key(broken, "nodes"), "no hash");
      try (RedisMatch node = pools.node("match-1", MatchTimes.DEFAULT, QUICK)) {
        assertThat(node.acts(broken)).isFalse();
        for (Cohort other : EnumSet.complementOf(EnumSet.of(broken))) {
          assertThat(node.acts(other)).as("%s acts without %s", other, broken).isTrue();
          String leases = pools.look().hgetAll(key(other, "nodes")).toString();
          Eventually.holds(
              "it beats on in " + other + " without " + broken,
              () -> !pools.look().hgetAll(key(other, "nodes")).toString().equals(leases));
          Eventually.holds(
              "it reaps in " + other + " without " + broken,
              () -> pools.look().exists(key(other, "reaper")));
        }
        pools.look().del(key(broken, "nodes"));
        Eventually.holds("it acts there as soon as it can", () -> node.acts(broken));
      }
      for (Cohort cohort : Cohort.values()) {
        pools.look().del(key(cohort, "reaper"));
      }
    }
  }

  private String key(Cohort cohort, String name) {
    return pools.redis().prefix() + "{m" + cohort.code() + "}" + name;
  }

  private static LossListener refilling(AtomicBoolean truthIsAway, AtomicInteger refills) {
    return new LossListener() {
      @Override
      public void refill(Cohort cohort) {
        if (truthIsAway.get()) {
          throw new PoolUnavailable("the truth is away");
        }
        refills.incrementAndGet();
      }

      @Override
      public void enterAgain(Cohort cohort) {}
    };
  }

  private boolean arrives(TicketPool pool) {
    try {
      return pool.arrive(ticket().as(WOMAN).seeking(MAN).build(), pairing(Acceptance.AT_ONCE))
          instanceof Arrival.Stood;
    } catch (PoolUnavailable _) {
      return false;
    }
  }

  @Test
  void nodesKnowWhatAllOfThemKnow() {
    RedisMatch one = pools.node("match-1");
    RedisMatch two = pools.node("match-2");
    Ticket any = ticket().build();
    Crowd.Kind kind = new Crowd.Kind(any.side(), Level.ANYONE);
    parley.match.core.Pool pool = any.criteria().pool();
    one.board().exchange(Cohort.ADULT, pool, Map.of(kind, new Crowd.Tally(3, 1000, 1.5, 2)));
    Crowd both =
        two.board().exchange(Cohort.ADULT, pool, Map.of(kind, new Crowd.Tally(1, 900, 0, 1)));
    assertThat(both.tallies()).isEqualTo(Map.of(kind, new Crowd.Tally(4, 900, 1.5, 3)));
    one.board().exchange(Cohort.ADULT, pool, Map.of());
    assertThat(two.board().exchange(Cohort.ADULT, pool, Map.of()).tallies()).isEmpty();
  }

  private long reap(ScriptRunner scripts) {
    String cursor = "0";
    long parked = 0;
    do {
      ScriptRunner.ScriptAnswer answer =
          scripts.run(
              MatchScripts.REAP,
              List.of(pools.key("nodes")),
              List.of("reaper00", cursor, "1000", "30000000", "630", "10000"));
      cursor = answer.text(0);
      parked += answer.number(1);
    } while (!cursor.equals("0"));
    return parked;
  }

  private static String lease(String till, String last, String before) {
    return String.join(" ", till, last, before, "match-9");
  }

  private long redisMicros() {
    List<String> time = pools.look().time();
    return Long.parseLong(time.getFirst()) * 1_000_000 + Long.parseLong(time.getLast());
  }

  private Pairing pairing(Acceptance acceptance) {
    return new Pairing(SessionId.random(random), acceptance);
  }

  private static ProposalOutcome answer(
      TicketPool pool, Ticket ticket, Match match, Verdict verdict) {
    return pool.answer(Cohort.ADULT, ticket.participant(), match.session(), verdict);
  }

  private static TicketState state(TicketPool pool, Ticket ticket) {
    return pool.find(Cohort.ADULT, ticket.participant()).orElseThrow().state();
  }

  private static MatchTimes hasty() {
    MatchTimes usual = MatchTimes.DEFAULT;
    return new MatchTimes(
        usual.keptInPark(),
        usual.enterWithin(),
        Duration.ofMillis(300),
        usual.settleWithin(),
        usual.keptAfterEnd(),
        usual.longestWait(),
        usual.silence(),
        usual.keepWaitingEvery(),
        usual.updateEvery(),
        usual.updateAtLeast());
  }
}
