package parley.match.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.match.core.TicketBuilder.ticket;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
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
import parley.match.core.Attachment;
import parley.match.core.HeldTicket;
import parley.match.core.Match;
import parley.match.core.MatchTimes;
import parley.match.core.OwnerNews;
import parley.match.core.Pairing;
import parley.match.core.ProposalOutcome;
import parley.match.core.Ticket;
import parley.match.core.TicketBuilder;
import parley.match.core.TicketId;
import parley.match.core.TicketState;
import parley.match.core.Verdict;
import parley.match.core.port.TicketPool;
import parley.platform.discovery.LeaseTimes;
import parley.testing.Counts;
import parley.testing.Eventually;

/// Both of a proposal to somebody with an AI peer say something in its last 100 ms, or just too
/// late, while an owner says that the time is up: through the real scripts, from two nodes. One
/// thing becomes of both tickets, and each owner is told it once.
class LastMomentIT {
  private static final int PROPOSALS = Counts.of(200, 8_000);
  private static final int AT_ONCE = 40;

  /// A machine that is late with everything races on until it has seen every way.
  private static final int MOST = 10 * PROPOSALS;

  private static final String[] WAYS = {
    "met", "declined", "newcomer went", "silent", "one of two silent"
  };
  private static final Duration TO_ANSWER = Duration.ofMillis(500);
  private static final long LAST_NANOS = 100_000_000;
  private static final long LATE_NANOS = 20_000_000;
  private static final long SEED = 8_150;

  private final Pools pools = new Pools();
  private final Map<TicketId, List<OwnerNews>> told = new ConcurrentHashMap<>();
  private final Map<String, Integer> ways = new TreeMap<>();

  @Test
  void oneThingBecomesOfBothAndEachOwnerIsToldItOnce() throws Exception {
    try (pools;
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      TicketPool one = node("match-1");
      TicketPool two = node("match-2");
      int raced = 0;
      while (raced < PROPOSALS || (raced < MOST && !sawAllWays())) {
        List<Future<?>> races = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
          Race race = new Race(raced++, one, two, threads);
          races.add(threads.submit(race::run));
        }
        for (Future<?> each : races) {
          each.get();
        }
      }
      assertThat(told.values()).as("told of both, once each").hasSize(2 * raced);
      assertThat(told.values()).allSatisfy(fates -> assertThat(fates).hasSize(1));
    }
    System.out.printf("proposals decided in the last moment, seed %d: %s%n", SEED, ways);
    assertThat(ways).as("what was raced, seed %d", SEED).containsOnlyKeys(WAYS);
  }

  private TicketPool node(String id) {
    MatchTimes d = MatchTimes.DEFAULT;
    MatchTimes times =
        new MatchTimes(
            d.keptInPark(),
            d.enterWithin(),
            TO_ANSWER,
            d.settleWithin(),
            d.keptAfterEnd(),
            d.longestWait(),
            d.silence(),
            d.keepWaitingEvery(),
            d.updateEvery(),
            d.updateAtLeast());
    RedisMatch node = pools.node(id, times, LeaseTimes.DEFAULT);
    node.tell(this::hear, _ -> {});
    return node.pool();
  }

  private void hear(OwnerNews news) {
    boolean isFate =
        switch (news) {
          case OwnerNews.PeerFound _,
              OwnerNews.Returned _,
              OwnerNews.Rests _,
              OwnerNews.Cancelled _,
              OwnerNews.Paused _ ->
              true;
          case OwnerNews.Proposed _, OwnerNews.Wished _, OwnerNews.TakenOver _, OwnerNews.Heard _ ->
              false;
        };
    if (isFate) {
      told.computeIfAbsent(news.ticket(), _ -> new CopyOnWriteArrayList<>()).add(news);
    }
  }

  private synchronized boolean sawAllWays() {
    return ways.keySet().containsAll(List.of(WAYS));
  }

  private synchronized void count(String way) {
    ways.merge(way, 1, Integer::sum);
  }

  /// What becomes of one of the two.
  private record Fate(TicketState state, Class<? extends OwnerNews> told) {
    static final Fate MET = new Fate(TicketState.MATCHED, OwnerNews.PeerFound.class);
    static final Fate BACK = new Fate(TicketState.PARKED, OwnerNews.Returned.class);
    static final Fate RESTS = new Fate(TicketState.MET, OwnerNews.Rests.class);
  }

  private final class Race {
    private final String intent;
    private final SplittableRandom random;
    private final TicketPool one;
    private final TicketPool two;
    private final ExecutorService threads;
    private final Ticket talks;
    private final Ticket other;
    private final boolean bothTalk;

    Race(int number, TicketPool one, TicketPool two, ExecutorService threads) {
      this.intent = "late-" + number;
      this.random = new SplittableRandom(SEED + number);
      this.one = one;
      this.two = two;
      this.threads = threads;
      this.bothTalk = random.nextBoolean();
      this.talks = somebody().welcoming(AiWelcome.MEANWHILE).build();
      this.other = somebody().welcoming(bothTalk ? AiWelcome.MEANWHILE : AiWelcome.NEVER).build();
    }

    Void run() throws Exception {
      Match match = propose();
      Verdict first = random.nextInt(3) == 0 ? Verdict.DECLINE : Verdict.ACCEPT;
      Verdict second = first;
      if (!bothTalk) {
        second = Verdict.WITHDRAW;
      } else if (random.nextInt(3) == 0) {
        second = Verdict.DECLINE;
      }
      Future<ProposalOutcome> says = answering(one, talks, match, first);
      Future<ProposalOutcome> alsoSays = answering(two, other, match, second);
      until(match.enterBy());
      ProposalOutcome upIs = ProposalOutcome.EARLY;
      while (upIs == ProposalOutcome.EARLY) {
        upIs = answer(two, other, match, Verdict.TIME_UP);
      }
      boolean said = says.get() == ProposalOutcome.ANSWERED;
      boolean alsoSaid = alsoSays.get() == ProposalOutcome.ANSWERED;
      check(match, said ? first : Verdict.TIME_UP, alsoSaid ? second : Verdict.TIME_UP);
      return null;
    }

    private Match propose() {
      one.arrive(talks, pairing());
      one.claim(talks, 0, peer(), SessionId.random(random));
      if (!bothTalk) {
        return ((Arrival.Proposed) two.arrive(other, pairing())).match();
      }
      one.park(talks);
      two.arrive(other, pairing());
      two.claim(other, 0, peer(), SessionId.random(random));
      return ((Attachment.Proposed) one.adopt(talks, pairing())).match();
    }

    private Future<ProposalOutcome> answering(
        TicketPool at, Ticket ticket, Match match, Verdict verdict) {
      Instant moment = match.enterBy().plusNanos(random.nextLong(-LAST_NANOS, LATE_NANOS));
      return threads.submit(
          () -> {
            until(moment);
            return answer(at, ticket, match, verdict);
          });
    }

    /// @param first what counted of it; TIME_UP if nothing did
    private void check(Match match, Verdict first, Verdict second) {
      if (first == Verdict.ACCEPT && (second == Verdict.ACCEPT || !bothTalk)) {
        assertThat(second).as("went after that").isNotEqualTo(Verdict.WITHDRAW);
        count("met");
        expect(Fate.MET, Fate.MET);
        Match stands = held(talks).match();
        assertThat(stands.matchedAt()).as("in time").isBeforeOrEqualTo(match.enterBy());
      } else if (first == Verdict.DECLINE || second == Verdict.DECLINE) {
        assertThat(second).as("went after that").isNotEqualTo(Verdict.WITHDRAW);
        count("declined");
        expect(Fate.BACK, Fate.BACK);
      } else if (second == Verdict.WITHDRAW) {
        count("newcomer went");
        expect(Fate.BACK, Fate.BACK);
      } else {
        boolean oneIsSilent = bothTalk && first != second;
        count(oneIsSilent ? "one of two silent" : "silent");
        expect(
            first == Verdict.ACCEPT ? Fate.BACK : Fate.RESTS,
            second == Verdict.ACCEPT || !bothTalk ? Fate.BACK : Fate.RESTS);
      }
    }

    private void expect(Fate ofTalks, Fate ofOther) {
      assertFate(talks, ofTalks);
      assertFate(other, ofOther);
      assertThat(held(talks).companion()).as("the AI peer goes on, or is to be left").isNotNull();
    }

    private void assertFate(Ticket ticket, Fate fate) {
      assertThat(held(ticket).state()).isEqualTo(fate.state());
      Eventually.holds("its owner is told", () -> told.containsKey(ticket.id()));
      assertThat(told.get(ticket.id())).singleElement().isInstanceOf(fate.told());
    }

    private HeldTicket held(Ticket ticket) {
      return two.find(Cohort.ADULT, ticket.participant()).orElseThrow();
    }

    private ProposalOutcome answer(TicketPool at, Ticket ticket, Match match, Verdict verdict) {
      return at.answer(Cohort.ADULT, ticket.participant(), match.session(), verdict);
    }

    private void until(Instant moment) {
      for (Instant now = Instant.now(); now.isBefore(moment); now = Instant.now()) {
        LockSupport.parkNanos(Duration.between(now, moment).toNanos());
      }
    }

    private TicketBuilder somebody() {
      return ticket().of(ParticipantId.random(random)).on(DeviceId.random(random)).intent(intent);
    }

    private AiPeer peer() {
      return new AiPeer(
          ParticipantId.random(random), new NodeId("bot-1"), "r", TalkerKind.MODEL, "");
    }

    private Pairing pairing() {
      return new Pairing(SessionId.random(random), Acceptance.AT_ONCE);
    }
  }
}
