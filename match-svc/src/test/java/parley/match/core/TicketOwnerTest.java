package parley.match.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.domain.Cohort;
import parley.domain.Gender;
import parley.domain.SessionId;
import parley.match.core.port.AiPeers.Invitation;
import parley.match.core.port.AiPeers.Reservation;
import parley.match.core.port.CrowdBoard;
import parley.match.core.port.PoolUnavailable;
import parley.match.core.port.TicketJournal;
import parley.match.core.port.TicketPool;
import parley.testing.Eventually;

class TicketOwnerTest {
  private static final Pools POOLS =
      new Pools(Map.of(TicketBuilder.ticket().build().criteria().pool(), PoolRules.DEFAULT));

  private final FakeTicketPool fake = new FakeTicketPool("here", new FakeLine());
  private final Map<String, Integer> asked = new ConcurrentHashMap<>();
  private final ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch mayPark = new CountDownLatch(1);
  private final FakeAiPeers peers = new FakeAiPeers();
  private final FakeInboxes inboxes = new FakeInboxes();
  private volatile String away = "";
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @AfterEach
  void close() {
    mayPark.countDown();
    tasks.shutdownNow();
  }

  @Test
  void anOverdueTicketIsAskedAboutOnceASecondWhileThePoolIsAway() {
    TicketOwner owner = owner(() -> POOLS, Runnable::run);
    List<TicketEvent> told = new ArrayList<>();
    owner.make(TicketBuilder.ticket().build(), told::add);
    away = "expire";
    pass(owner, MatchTimes.DEFAULT.longestWait());
    asked.clear();
    pass(owner, Duration.ofSeconds(10));
    assertThat(asked.get("expire")).isBetween(8, 11);
    away = "";
    pass(owner, Duration.ofSeconds(2));
    assertThat(told.getLast()).isEqualTo(new TicketEvent.Expired());
  }

  @Test
  void everyStreamIsToldToResumeBeforeTheFirstTicketIsParked() {
    TicketOwner owner = owner(() -> POOLS, tasks);
    List<TicketEvent> told = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 3; i++) {
      var _ = owner.make(seekingNobody(i), told::add);
    }
    away = "park: wait";
    Thread draining = Thread.ofVirtual().start(owner::drain);
    Eventually.holds(
        "all are told",
        () -> told.stream().filter(TicketEvent.Resume.class::isInstance).count() == 3);
    assertThat(draining.isAlive()).as("it waits for the parking").isTrue();
    mayPark.countDown();
    Eventually.holds("the drain is over", () -> !draining.isAlive());
    assertThat(fake.line().tickets.values())
        .extracting(FakeLine.Held::state)
        .containsOnly(TicketState.PARKED);
  }

  @Test
  void aStreamThatOpensWhileTheNodeBeginsToDrainIsToldToResume() {
    TicketOwner[] owner = new TicketOwner[1];
    owner[0] =
        owner(
            () -> {
              if (!asked.containsKey("arrive")) {
                owner[0].drain();
              }
              return POOLS;
            },
            Runnable::run);
    List<TicketEvent> told = new ArrayList<>();
    var _ = owner[0].make(TicketBuilder.ticket().build(), told::add);
    assertThat(told).containsExactly(new TicketEvent.Resume());
    assertThat(asked).doesNotContainKey("arrive");
  }

  @Test
  void whoComesBackFromTheParkHasTheTimeThatIsLeft() {
    TicketOwner owner = owner(() -> POOLS, Runnable::run);
    Ticket ticket = TicketBuilder.ticket().build();
    List<TicketEvent> first = new ArrayList<>();
    owner.make(ticket, first::add).letGo();
    assertThat(owner.current(Cohort.ADULT, ticket.participant()).orElseThrow().state())
        .isEqualTo(TicketState.PARKED);
    List<TicketEvent> second = new ArrayList<>();
    owner.takeUp(Cohort.ADULT, ticket.participant(), ticket.id(), second::add);
    assertThat(second.getFirst()).isInstanceOf(TicketEvent.Accepted.class);
    assertThat(first).noneMatch(TicketEvent.Ending.class::isInstance);
    assertThat(owner.cancel(Cohort.ADULT, ticket.participant(), ticket.id()))
        .isEqualTo(new Ending.Done());
    assertThat(second.getLast()).isEqualTo(new TicketEvent.Cancelled());
  }

  @Test
  void anAiPeerIsAskedForWhenItIsTimeAndThenLaterAndLater() {
    TicketOwner owner = owner(() -> POOLS, Runnable::run);
    List<TicketEvent> told = new ArrayList<>();
    owner.make(welcoming(AiWelcome.INSTEAD), told::add);
    for (int i = 0; i < 6; i++) {
      peers.answers.add(i % 2 == 0 ? new Reservation.Full() : new Reservation.Away());
    }
    pass(owner, Duration.ofSeconds(7));
    assertThat(peers.asked).as("before it is time").isZero();
    assertThat(prospects(told)).last().isInstanceOf(AiProspect.In.class);
    pass(owner, Duration.ofMillis(1_500));
    assertThat(peers.asked).isEqualTo(1);
    List<Duration> pauses = new ArrayList<>();
    Instant last = now;
    while (pauses.size() < 5) {
      int before = peers.asked;
      pass(owner, Duration.ofMillis(250));
      if (peers.asked > before) {
        pauses.add(Duration.between(last, now));
        last = now;
      }
    }
    int[] expected = {5_000, 10_000, 20_000, 30_000, 30_000};
    for (int i = 0; i < expected.length; i++) {
      assertThat(pauses.get(i).toMillis())
          .as("pause %d", i)
          .isBetween(expected[i] * 8L / 10 - 1_500, expected[i] * 12L / 10 + 1_500);
    }
    assertThat(prospects(told)).last().isEqualTo(new AiProspect.Away());
  }

  @Test
  void whoIsGivenAnAiPeerInsteadIsToldOnceItIsOnItsWay() {
    TicketOwner owner = owner(() -> POOLS, Runnable::run);
    List<TicketEvent> told = new ArrayList<>();
    Ticket ticket = welcoming(AiWelcome.INSTEAD);
    owner.make(ticket, told::add);
    peers.sending.add(Invitation.FAILED);
    pass(owner, Duration.ofSeconds(9));
    assertThat(peers.sent).hasSize(1);
    assertThat(told).noneMatch(TicketEvent.Ending.class::isInstance);
    assertThat(state(owner, ticket)).as("nobody was told").isEqualTo(TicketState.WAITING);
    pass(owner, Duration.ofSeconds(7));
    assertThat(told).last().isInstanceOf(TicketEvent.MatchedAi.class);
    assertThat(peers.sent).hasSize(2);
  }

  @Test
  void whereTheOperatorTurnedThemOffNoneIsAskedFor() {
    Pools off =
        new Pools(
            Map.of(
                TicketBuilder.ticket().build().criteria().pool(),
                new PoolRules(
                    Duration.ofSeconds(8),
                    Duration.ofSeconds(20),
                    Acceptance.AT_ONCE,
                    AiSwitch.OFF,
                    Duration.ofSeconds(8))));
    Pools[] pools = {POOLS};
    TicketOwner owner = owner(() -> pools[0], Runnable::run);
    List<TicketEvent> told = new ArrayList<>();
    owner.make(welcoming(AiWelcome.MEANWHILE), told::add);
    pools[0] = off;
    pass(owner, Duration.ofSeconds(30));
    assertThat(peers.asked).isZero();
    assertThat(prospects(told)).last().isEqualTo(new AiProspect.None());
  }

  @Test
  void whoTalksIsInLineForAsLongAsTheySaySoAndWaitsAnewAfterwards() {
    TicketOwner owner = owner(() -> POOLS, Runnable::run);
    List<TicketEvent> told = new ArrayList<>();
    Ticket ticket = welcoming(AiWelcome.MEANWHILE);
    owner.make(ticket, told::add);
    pass(owner, MatchTimes.DEFAULT.longestWait().multipliedBy(2));
    assertThat(told).last().isInstanceOf(TicketEvent.MatchedAi.class);
    assertThat(state(owner, ticket)).isEqualTo(TicketState.WAITING);
    for (int i = 0; i < 500; i++) {
      peers.answers.add(new Reservation.Full());
    }
    List<TicketEvent> again = new ArrayList<>();
    owner.takeUp(Cohort.ADULT, ticket.participant(), ticket.id(), again::add);
    pass(owner, Duration.ofMinutes(9));
    assertThat(again).noneMatch(TicketEvent.Ending.class::isInstance);
    pass(owner, Duration.ofMinutes(2));
    assertThat(again).last().isEqualTo(new TicketEvent.Expired());
  }

  @Test
  void aPersonForSomebodyWhoTalksIsProposedByTheInboxAndTheAiPeerStepsAside() {
    TicketOwner owner = owner(() -> POOLS, Runnable::run);
    Ticket talks = talkingWithAnAiPeer(owner);
    List<TicketEvent> newcomer = new ArrayList<>();
    owner.make(TicketBuilder.ticket().build(), newcomer::add);
    hear(owner);
    assertThat(newcomer).last().isInstanceOf(TicketEvent.PeerAsked.class);
    assertThat(inboxes.told).containsExactly("proposal");
    SessionId proposal = fake.line().tickets.get(talks.participant()).session();
    owner.answer(Cohort.ADULT, talks.participant(), proposal, Verdict.ACCEPT);
    hear(owner);
    assertThat(newcomer).last().isInstanceOf(TicketEvent.Matched.class);
    assertThat(peers.steppedAside).hasSize(1);
    assertThat(inboxes.told).containsExactly("proposal", "matched");
  }

  @Test
  void whoseProposalCameToNothingIsToldAtOnceThatTheyWaitAsBefore() {
    PoolRules asksBoth =
        new PoolRules(
            Duration.ofSeconds(8),
            Duration.ofSeconds(20),
            Acceptance.BOTH,
            AiSwitch.OFF,
            Duration.ofSeconds(8));
    Pools pools = new Pools(Map.of(TicketBuilder.ticket().build().criteria().pool(), asksBoth));
    TicketOwner owner = owner(() -> pools, Runnable::run);
    List<TicketEvent> first = new ArrayList<>();
    owner.make(TicketBuilder.ticket().build(), first::add);
    assertThat(first).last().isInstanceOf(TicketEvent.Waiting.class);
    Ticket second = TicketBuilder.ticket().build();
    owner.make(second, _ -> {});
    hear(owner);
    assertThat(first).last().isInstanceOf(TicketEvent.Proposed.class);
    SessionId proposal = fake.line().tickets.get(second.participant()).session();
    owner.answer(Cohort.ADULT, second.participant(), proposal, Verdict.DECLINE);
    hear(owner);
    assertThat(first).last().isInstanceOf(TicketEvent.Waiting.class);
  }

  @Test
  void whoIsSilentIsOutOfLineAlsoIfAnotherSaidFirstThatTheTimeIsUp() {
    TicketOwner owner = owner(() -> POOLS, Runnable::run);
    Ticket talks = talkingWithAnAiPeer(owner);
    List<TicketEvent> newcomer = new ArrayList<>();
    owner.make(TicketBuilder.ticket().build(), newcomer::add);
    hear(owner);
    for (FakeLine.Held held : List.copyOf(fake.line().tickets.values())) {
      fake.line()
          .put(
              held.ticket().equals(talks)
                  ? held.in(TicketState.MET, held.ai().companion().session())
                  : held.sentBack());
    }

    pass(owner, Duration.ofSeconds(1)); // Both owners hear that it is over, before the news.
    owner.learn(new OwnerNews.Rests(talks.id()));

    assertThat(inboxes.told).containsExactly("proposal", "withdrawn, NO_MORE");
    assertThat(state(owner, talks)).isEqualTo(TicketState.MET);
    assertThat(newcomer).last().isInstanceOf(TicketEvent.Waiting.class);
  }

  @Test
  void whoAcceptedInVainIsToldSoOnceAlsoIfAnotherSaidFirstThatTheTimeIsUp() {
    TicketOwner owner = owner(() -> POOLS, Runnable::run);
    Ticket talks = talkingWithAnAiPeer(owner);
    owner.make(TicketBuilder.ticket().build(), _ -> {});
    hear(owner);
    for (FakeLine.Held held : List.copyOf(fake.line().tickets.values())) {
      fake.line()
          .put(
              held.ticket().equals(talks)
                  ? held.sentBack()
                  : held.in(TicketState.CANCELLED, null)); // So that it is not found again.
    }

    owner.tick(now.plusSeconds(1));
    owner.learn(new OwnerNews.Returned(talks.id()));

    assertThat(inboxes.told).containsExactly("proposal", "withdrawn, STILL");
  }

  @Test
  void aMatchThatCameToNothingIsNotToldAgainWhenTheInboxIsReadOnceMore() {
    TicketOwner owner = owner(() -> POOLS, Runnable::run);
    Ticket first = TicketBuilder.ticket().build();
    List<TicketEvent> told = new ArrayList<>();
    owner.make(first, told::add);
    owner.make(TicketBuilder.ticket().build(), _ -> {});
    List<OwnerNews> news = List.copyOf(fake.line().news.get("here"));
    hear(owner);
    assertThat(told).last().isInstanceOf(TicketEvent.Matched.class);
    SessionId session = fake.line().tickets.get(first.participant()).session();
    fake.settle(Cohort.ADULT, session, Set.of(1));
    List<TicketEvent> again = new ArrayList<>();
    owner.takeUp(Cohort.ADULT, first.participant(), first.id(), again::add);
    assertThat(again).last().isInstanceOf(TicketEvent.Waiting.class);

    news.forEach(owner::learn);

    assertThat(again).last().isInstanceOf(TicketEvent.Waiting.class);
    assertThat(state(owner, first)).isEqualTo(TicketState.WAITING);
  }

  /// What other nodes, and this one, said to it.
  private void hear(TicketOwner owner) {
    List<OwnerNews> news = fake.line().news.remove("here");
    if (news != null) {
      news.forEach(owner::learn);
    }
  }

  private static List<AiProspect> prospects(List<TicketEvent> told) {
    return told.stream()
        .filter(TicketEvent.Waiting.class::isInstance)
        .map(event -> ((TicketEvent.Waiting) event).ai())
        .toList();
  }

  private static TicketState state(TicketOwner owner, Ticket ticket) {
    return owner.current(Cohort.ADULT, ticket.participant()).orElseThrow().state();
  }

  private static Ticket welcoming(AiWelcome welcome) {
    return TicketBuilder.ticket().welcoming(welcome).build();
  }

  /// Who waited for so long that an AI peer came, and looks for a person meanwhile.
  private Ticket talkingWithAnAiPeer(TicketOwner owner) {
    Ticket talks = welcoming(AiWelcome.MEANWHILE);
    owner.make(talks, _ -> {});
    pass(owner, Duration.ofSeconds(9));
    return talks;
  }

  private static Ticket seekingNobody(int number) {
    return TicketBuilder.ticket()
        .intent("talk")
        .request("request-" + number)
        .seeking(Gender.MAN)
        .build();
  }

  private void pass(TicketOwner owner, Duration time) {
    for (Instant until = now.plus(time); now.isBefore(until); now = now.plusMillis(250)) {
      owner.tick(now);
      fake.line().tickets.values().forEach(held -> keep(owner, held.ticket()));
    }
  }

  private static void keep(TicketOwner owner, Ticket ticket) {
    var _ = owner.keep(Cohort.ADULT, ticket.participant(), ticket.id(), Sign.STILL_HERE);
  }

  private TicketOwner owner(Supplier<Pools> pools, Executor executor) {
    CrowdBoard board = (_, _, part) -> Crowd.of(List.of(part), new Rank(1));
    SplittableRandom random = new SplittableRandom(1);
    TicketOwner owner =
        new TicketOwner(
            new TicketOwner.Parts(
                pool(),
                board,
                peers,
                inboxes,
                MatchTimes.DEFAULT,
                pools,
                silentJournal(),
                () -> SessionId.random(random),
                executor,
                () -> now));
    owner.tick(now);
    return owner;
  }

  /// The fake pool; a call that is away is counted and fails, or waits.
  private TicketPool pool() {
    return (TicketPool)
        Proxy.newProxyInstance(
            TicketPool.class.getClassLoader(),
            new Class<?>[] {TicketPool.class},
            (_, method, arguments) -> {
              asked.merge(method.getName(), 1, Integer::sum);
              if (away.equals(method.getName())) {
                throw new PoolUnavailable("away");
              }
              if (away.equals(method.getName() + ": wait")) {
                mayPark.await();
              }
              synchronized (fake) {
                try {
                  return method.invoke(fake, arguments);
                } catch (InvocationTargetException thrown) {
                  throw thrown.getCause();
                }
              }
            });
  }

  private static TicketJournal silentJournal() {
    return (TicketJournal)
        Proxy.newProxyInstance(
            TicketJournal.class.getClassLoader(),
            new Class<?>[] {TicketJournal.class},
            (_, _, _) -> null);
  }
}
