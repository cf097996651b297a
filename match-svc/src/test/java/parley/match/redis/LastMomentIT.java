package parley.match.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.match.core.TicketBuilder.ticket;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import parley.domain.Cohort;
import parley.domain.DeviceId;
import parley.domain.NodeId;
import parley.domain.ParticipantId;
import parley.domain.SessionId;
import parley.match.core.Acceptance;
import parley.match.core.AiPeer;
import parley.match.core.AiWelcome;
import parley.match.core.Arrival;
import parley.match.core.Match;
import parley.match.core.MatchTimes;
import parley.match.core.Pairing;
import parley.match.core.ProposalOutcome;
import parley.match.core.Ticket;
import parley.match.core.TicketBuilder;
import parley.match.core.TicketState;
import parley.match.core.Verdict;
import parley.match.core.port.TicketPool;
import parley.platform.discovery.LeaseTimes;
import parley.testing.Counts;

/// Somebody who talks with an AI peer says yes around the last moment, while the other's owner says
/// that the time is up: one thing becomes of both tickets.
class AnswerAgainstDeadlineIT {
  private static final int PROPOSALS = Counts.of(200, 4_000);
  private static final Duration TO_ANSWER = Duration.ofMillis(150);
  private static final long SEED = 8_150;

  private final Pools pools = new Pools();
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicInteger silent = new AtomicInteger();

  @Test
  void oneThingBecomesOfBoth() throws Exception {
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
    try (pools;
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      TicketPool one = pools.node("match-1", times, LeaseTimes.DEFAULT).pool();
      TicketPool two = pools.node("match-2", times, LeaseTimes.DEFAULT).pool();
      List<Future<?>> races = new ArrayList<>();
      for (int i = 0; i < PROPOSALS; i++) {
        Race race = new Race(i, one, two, threads);
        races.add(threads.submit(race::run));
        if (i % 20 == 19) {
          for (Future<?> each : races) {
            each.get();
          }
          races.clear();
        }
      }
    }
    assertThat(accepted).as("accepted in time, seed %d", SEED).hasPositiveValue();
    assertThat(silent).as("too late, seed %d", SEED).hasPositiveValue();
  }

  private final class Race {
    private final String intent;
    private final SplittableRandom random;
    private final TicketPool one;
    private final TicketPool two;
    private final ExecutorService threads;

    Race(int number, TicketPool one, TicketPool two, ExecutorService threads) {
      this.intent = "late-" + number;
      this.random = new SplittableRandom(SEED + number);
      this.one = one;
      this.two = two;
      this.threads = threads;
    }

    Void run() throws Exception {
      Ticket talks = somebody().welcoming(AiWelcome.MEANWHILE).build();
      Ticket newcomer = somebody().build();
      one.arrive(talks, pairing());
      AiPeer peer = new AiPeer(ParticipantId.random(random), new NodeId("bot-1"), "r", "");
      one.claim(talks, 0, peer, SessionId.random(random));
      Match match = ((Arrival.Proposed) two.arrive(newcomer, pairing())).match();
      Instant says = match.enterBy().plusNanos(random.nextLong(-8_000_000, 4_000_000));
      Future<ProposalOutcome> answering =
          threads.submit(
              () -> {
                until(says);
                return answer(one, talks, match, Verdict.ACCEPT);
              });
      until(match.enterBy());
      ProposalOutcome upIs = ProposalOutcome.EARLY;
      while (upIs == ProposalOutcome.EARLY) {
        upIs = answer(two, newcomer, match, Verdict.TIME_UP);
      }
      check(talks, newcomer, match, answering.get());
      return null;
    }

    private void check(Ticket talks, Ticket newcomer, Match match, ProposalOutcome answer) {
      if (answer == ProposalOutcome.ANSWERED) {
        accepted.incrementAndGet();
        assertThat(state(talks)).isEqualTo(TicketState.MATCHED);
        assertThat(state(newcomer)).isEqualTo(TicketState.MATCHED);
        Match stands = two.find(Cohort.ADULT, talks.participant()).orElseThrow().match();
        assertThat(stands.matchedAt()).as("in time").isBeforeOrEqualTo(match.enterBy());
      } else {
        silent.incrementAndGet();
        assertThat(state(talks)).as("out of line, with its AI peer").isEqualTo(TicketState.MET);
        assertThat(one.find(Cohort.ADULT, talks.participant()).orElseThrow().isWithAi()).isTrue();
        assertThat(state(newcomer)).isEqualTo(TicketState.PARKED);
      }
    }

    private TicketState state(Ticket ticket) {
      return two.find(Cohort.ADULT, ticket.participant()).orElseThrow().state();
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

    private Pairing pairing() {
      return new Pairing(SessionId.random(random), Acceptance.AT_ONCE);
    }
  }
}
