package parley.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import parley.bench.PairPlace.Way;
import parley.domain.Gender;

/// CPU of one match node and Redis together for each pair: two people call FindPeer over sockets,
/// are matched, and are settled as session-svc does it; while others wait who fit nobody. Tokens
/// were seen before, as those of people who look for the second time. Then, through the door, how
/// long who comes waits at a part of what this machine can do. Needs two cores: one for the service
/// and Redis, one for the driver.
final class PairBench {
  /// A node's code is compiled on the core that it works on, which takes this long.
  private static final Duration WARM_UP = Duration.ofSeconds(60);

  private static final Duration WINDOW = Duration.ofSeconds(5);
  private static final Duration EVEN = Duration.ofSeconds(20);
  private static final int ROUNDS = 3;
  private static final int COUPLES = 40;
  private static final int COMING_AT_ONCE = 200;
  private static final double LOAD = 0.3;

  private final Path folder;
  private final Passport passport;
  private final List<Integer> waiting;
  private final String cores = Cores.apart();

  /// @param waiting ascending
  PairBench(Path folder, Passport passport, List<Integer> waiting) {
    this.folder = folder;
    this.passport = passport;
    this.waiting = waiting.stream().sorted().toList();
  }

  void run() {
    System.out.printf(
        "%d couples at once, %d windows of %d s after %d s; %s%n",
        COUPLES, ROUNDS, WINDOW.toSeconds(), WARM_UP.toSeconds(), cores);
    System.out.println(
        "waiting   pairs/s   match-svc µs   Redis µs   total µs a pair   to match p50, p99 ms   lost");
    try (PairPlace place = PairPlace.open(folder, passport, Way.STRAIGHT);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Searcher> idle = new ArrayList<>();
      Couples couples = new Couples(place, passport);
      AtomicBoolean over = new AtomicBoolean();
      meetAgainAndAgain(couples, threads, over);
      pass(WARM_UP);
      for (int crowd : waiting) {
        let(idle, crowd, place);
        pass(WINDOW);
        ThreadCosts costs = ThreadCosts.from(place.nodeCpu());
        int before = couples.pairs();
        for (int round = 0; round < ROUNDS; round++) {
          window(crowd, place, couples);
        }
        costs.print(Math.max(1, couples.pairs() - before));
      }
      over.set(true);
    }
  }

  /// So many wait from now on, in all.
  private void let(List<Searcher> idle, int crowd, PairPlace place) {
    while (idle.size() < crowd) {
      int from = idle.size();
      for (int i = from; i < Math.min(crowd, from + COMING_AT_ONCE); i++) {
        idle.add(
            Searcher.start(
                place.serving(i), passport.person(Gender.MAN), "idle-000", Couples.odd()));
      }
      idle.subList(from, idle.size()).forEach(Searcher::awaitTicket);
    }
  }

  private static void window(int crowd, PairPlace place, Couples couples) {
    couples.forgetTimes();
    int before = couples.pairs();
    int lostBefore = couples.lost();
    Duration nodeBefore = place.nodeCpu().used();
    Duration redisBefore = place.redisCpu().used();
    long began = System.nanoTime();
    pass(WINDOW);
    double seconds = (System.nanoTime() - began) / 1e9;
    int made = Math.max(1, couples.pairs() - before);
    double nodeMicros = place.nodeCpu().used().minus(nodeBefore).toNanos() / 1e3 / made;
    double redisMicros = place.redisCpu().used().minus(redisBefore).toNanos() / 1e3 / made;
    System.out.printf(
        "%7d %9.0f %14.0f %10.0f %17.0f %12.1f %7.1f %8d%n",
        crowd,
        made / seconds,
        nodeMicros,
        redisMicros,
        nodeMicros + redisMicros,
        couples.toMatchMillis(0.50),
        couples.toMatchMillis(0.99),
        couples.lost() - lostBefore);
  }

  /// What the door and the node can do together, then a part of it, evenly.
  void runByTheDoor() {
    try (PairPlace place = PairPlace.open(folder, passport, Way.BY_THE_DOOR);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Couples couples = new Couples(place, passport);
      AtomicBoolean over = new AtomicBoolean();
      meetAgainAndAgain(couples, threads, over);
      pass(WARM_UP);
      int before = couples.pairs();
      pass(WINDOW);
      double most = (couples.pairs() - before) / (double) WINDOW.toSeconds();
      over.set(true);
      pass(Duration.ofSeconds(1));
      couples.forgetTimes();
      double load = Math.max(1, LOAD * most);
      long apart = (long) (1e9 / load);
      long end = System.nanoTime() + EVEN.toNanos();
      int met = couples.pairs();
      int lost = couples.lost();
      int number = 0;
      for (long next = System.nanoTime(); next < end; next += apart) {
        LockSupport.parkNanos(next - System.nanoTime());
        String own = tag(number++ % COUPLES);
        threads.execute(() -> couples.meet(own));
      }
      pass(Duration.ofSeconds(1));
      System.out.printf(
          "through Envoy: %.0f pairs/s at most; at %.0f pairs/s for %d s (%d pairs, %d lost) to"
              + " match p50 %.1f ms, p99 %.1f ms%n",
          most,
          load,
          EVEN.toSeconds(),
          couples.pairs() - met,
          couples.lost() - lost,
          couples.toMatchMillis(0.50),
          couples.toMatchMillis(0.99));
    }
  }

  private static void meetAgainAndAgain(
      Couples couples, ExecutorService threads, AtomicBoolean over) {
    for (int i = 0; i < COUPLES; i++) {
      String own = tag(i);
      threads.execute(
          () -> {
            while (!over.get()) {
              couples.meet(own);
            }
          });
    }
  }

  private static String tag(int number) {
    return "tag-" + number;
  }

  private static void pass(Duration time) {
    long until = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
