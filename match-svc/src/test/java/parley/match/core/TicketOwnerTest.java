package parley.match.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
