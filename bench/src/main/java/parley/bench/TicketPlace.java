package parley.bench;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import parley.backing.RedisServer;
import parley.domain.Cohort;
import parley.domain.NodeId;
import parley.domain.SessionId;
import parley.match.core.Acceptance;
import parley.match.core.MatchTimes;
import parley.match.core.Pairing;
import parley.match.core.Settlement;
import parley.match.core.Ticket;
import parley.match.core.port.TicketPool;
import parley.match.redis.RedisMatch;
import parley.platform.config.HostPort;
import parley.platform.discovery.LeaseTimes;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.RedisConfig;
import parley.platform.redis.RedisStore;

/// One Redis and one owner of tickets, and what the owner's calls cost that Redis.
record TicketPlace(RedisServer server, RedisStore store, RedisMatch match)
    implements AutoCloseable {
  static final int IN_FLIGHT = 64;

  private static final LeaseTimes QUIET =
      new LeaseTimes(Duration.ofHours(1), Duration.ofMinutes(9));
  private static final Pattern EVALSHA =
      Pattern.compile("cmdstat_evalsha:calls=(\\d+),usec=(\\d+)");
  private static final Pattern MEMORY = Pattern.compile("used_memory:(\\d+)");

  /// The node beats and reaps so seldom that nothing of it is measured.
  static TicketPlace open(RedisServer server) {
    RedisConfig config = new RedisConfig(HostPort.parse(server.address()), "");
    return new TicketPlace(
        server,
        RedisStore.open(config),
        RedisMatch.open(
            config, MatchTimes.DEFAULT, QUIET, NodeContext.of(new NodeId("bench-match"))));
  }

  TicketPool pool() {
    return match.pool();
  }

  Pairing pairing() {
    return new Pairing(SessionId.random(ThreadLocalRandom.current()), Acceptance.AT_ONCE);
  }

  /// Both entered.
  boolean settle(SessionId session) {
    return pool().settle(Cohort.ADULT, session, Set.of(1, 2)) instanceof Settlement.Met;
  }

  /// Does the step for each, 64 at a time.
  ///
  /// @param step returns whether it is to be counted
  <T> Cost each(List<T> all, Predicate<T> step) {
    Scripts ran = scripts();
    Duration before = new ProcessCpu(server.pid()).used();
    LongAdder counted = new LongAdder();
    Semaphore inFlight = new Semaphore(IN_FLIGHT);
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (T one : all) {
        inFlight.acquireUninterruptibly();
        callers.execute(
            () -> {
              try {
                if (step.test(one)) {
                  counted.increment();
                }
              } finally {
                inFlight.release();
              }
            });
      }
    }
    Duration used = new ProcessCpu(server.pid()).used().minus(before);
    return new Cost(
        scripts().microsSince(ran),
        used.toNanos() / 1e3 / Math.max(1, all.size()),
        used,
        counted.intValue());
  }

  /// Gives each ticket's device a list of refusals.
  void refuse(List<Ticket> tickets, Supplier<String> lists) {
    for (Ticket ticket : tickets) {
      String key = "{m" + Cohort.ADULT.code() + "}block:" + ticket.device().text();
      store.commands().set(key, lists.get());
    }
  }

  long memory() {
    return number(store.commands().info("memory"), MEMORY, 1);
  }

  @Override
  public void close() {
    match.close();
    store.close();
  }

  private Scripts scripts() {
    String stats = store.commands().info("commandstats");
    return EVALSHA.matcher(stats).find()
        ? new Scripts(number(stats, EVALSHA, 1), number(stats, EVALSHA, 2))
        : new Scripts(0, 0);
  }

  private static long number(String text, Pattern pattern, int group) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException("Redis says nothing of " + pattern);
    }
    return Long.parseLong(matcher.group(group));
  }

  /// Script calls so far, and the time in them.
  private record Scripts(long calls, long micros) {
    double microsSince(Scripts before) {
      return (double) (micros - before.micros) / Math.max(1, calls - before.calls);
    }
  }

  /// Of one step, on average.
  ///
  /// @param used by all of them
  record Cost(double scriptMicros, double cpuMicros, Duration used, int counted) {
    String row() {
      return "%11.1f %14.1f".formatted(scriptMicros, cpuMicros);
    }
  }
}
