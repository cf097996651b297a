package parley.match.core;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import parley.domain.Cohort;
import parley.domain.Gender;
import parley.domain.SessionId;
import parley.match.core.port.CrowdBoard;
import parley.match.core.port.PoolUnavailable;
import parley.match.core.port.TicketJournal;
import parley.match.core.port.TicketPool;

/// An owner on a fake pool, with a clock that stands until it is told to go on.
abstract class OwnerStage {
  static final Pools POOLS =
      new Pools(Map.of(TicketBuilder.ticket().build().criteria().pool(), PoolRules.DEFAULT));

  final FakeTicketPool fake = new FakeTicketPool("here", new FakeLine());
  final Map<String, Integer> asked = new ConcurrentHashMap<>();
  final ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor();
  final Queue<Runnable> putOff = new ArrayDeque<>();
  final CountDownLatch mayPark = new CountDownLatch(1);
  final FakeAiPeers peers = new FakeAiPeers();
  final FakeInboxes inboxes = new FakeInboxes();
  volatile String away = "";
  Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @AfterEach
  void close() {
    mayPark.countDown();
    tasks.shutdownNow();
  }

  /// What other nodes, and this one, said to it.
  void hear(TicketOwner owner) {
    List<OwnerNews> news = fake.line().news.remove("here");
    if (news != null) {
      news.forEach(owner::learn);
    }
  }

  static List<AiProspect> prospects(List<TicketEvent> told) {
    return told.stream()
        .filter(TicketEvent.Waiting.class::isInstance)
        .map(event -> ((TicketEvent.Waiting) event).ai())
        .toList();
  }

  static TicketState state(TicketOwner owner, Ticket ticket) {
    return owner.current(Cohort.ADULT, ticket.participant()).orElseThrow().state();
  }

  static Ticket welcoming(AiWelcome welcome) {
    return TicketBuilder.ticket().welcoming(welcome).build();
  }

  /// Who waited for so long that an AI peer came, and looks for a person meanwhile.
  Ticket talkingWithAnAiPeer(TicketOwner owner) {
    Ticket talks = welcoming(AiWelcome.MEANWHILE);
    owner.make(talks, _ -> {});
    pass(owner, Duration.ofSeconds(9));
    return talks;
  }

  static Ticket seekingNobody(int number) {
    return TicketBuilder.ticket()
        .intent("talk")
        .request("request-" + number)
        .seeking(Gender.MAN)
        .build();
  }

  void pass(TicketOwner owner, Duration time) {
    for (Instant until = now.plus(time); now.isBefore(until); now = now.plusMillis(250)) {
      owner.tick(now);
      fake.line().tickets.values().forEach(held -> keep(owner, held.ticket()));
    }
  }

  /// What was put off, in its order, as when the pool is back.
  void runPutOff() {
    for (Runnable next = putOff.poll(); next != null; next = putOff.poll()) {
      next.run();
    }
  }

  static void keep(TicketOwner owner, Ticket ticket) {
    var _ = owner.keep(Cohort.ADULT, ticket.participant(), ticket.id(), Sign.STILL_HERE);
  }

  TicketOwner owner(Supplier<Pools> pools, Executor executor) {
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

  /// The fake pool; a call that is away is counted and fails, or waits, or is made and its answer
  /// lost.
  TicketPool pool() {
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
                  Object answer = method.invoke(fake, arguments);
                  if (away.equals(method.getName() + ": lost")) {
                    throw new PoolUnavailable("away");
                  }
                  return answer;
                } catch (InvocationTargetException thrown) {
                  throw thrown.getCause();
                }
              }
            });
  }

  static TicketJournal silentJournal() {
    return (TicketJournal)
        Proxy.newProxyInstance(
            TicketJournal.class.getClassLoader(),
            new Class<?>[] {TicketJournal.class},
            (_, _, _) -> null);
  }
}
