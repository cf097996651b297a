package parley.match.redis;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.domain.Cohort;
import parley.match.core.MatchTimes;
import parley.match.core.port.PoolUnavailable;
import parley.platform.lifecycle.NodeContext;

/// Parks the tickets that dead nodes left in line and nobody met: one node at a time walks through
/// all tickets, slowly. Each step is small and complete, so that it may stop anywhere.
final class Reaper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Reaper.class);
  private static final String KEYS_A_STEP = "100";
  private static final Duration TURN = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(6);

  private final ScriptRunner scripts;
  private final MatchKeys keys;
  private final OwnerLease lease;
  private final MatchTimes times;
  private final Map<Cohort, String> cursors = new ConcurrentHashMap<>();
  private final ScheduledExecutorService steps;

  private Reaper(
      ScriptRunner scripts, MatchKeys keys, OwnerLease lease, MatchTimes times, String name) {
    this.scripts = scripts;
    this.keys = keys;
    this.lease = lease;
    this.times = times;
    this.steps =
        Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name(name).factory());
  }

  /// Takes a step in each cohort, and another that long after.
  static Reaper start(
      ScriptRunner scripts,
      MatchKeys keys,
      OwnerLease lease,
      MatchTimes times,
      Duration every,
      NodeContext context) {
    Reaper reaper = new Reaper(scripts, keys, lease, times, context.id() + "-reaper");
    var _ =
        reaper.steps.scheduleWithFixedDelay(
            reaper::stepInEach, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    return reaper;
  }

  @Override
  public void close() {
    steps.shutdownNow();
    try {
      if (!steps.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.atWarn().log("the reaper did not end in time");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void stepInEach() {
    lease.cohorts().forEach(this::stepOrLog);
  }

  /// What one cohort's primary does is nothing to the others.
  private void stepOrLog(Cohort cohort) {
    try {
      step(cohort);
    } catch (PoolUnavailable away) {
      LOG.atDebug().setCause(away).log("Redis is away");
    } catch (RuntimeException fault) {
      LOG.atError().setCause(fault).log("a step of the reaper failed");
    }
  }

  private void step(Cohort cohort) {
    ScriptRunner.ScriptAnswer answer =
        scripts.run(
            MatchScripts.REAP,
            List.of(keys.nodes(cohort)),
            List.of(
                lease.owner().text(),
                cursors.getOrDefault(cohort, "0"),
                KEYS_A_STEP,
                RedisTicketPool.micros(times.keptInPark()),
                Long.toString(times.keptAfterEnd().plus(times.keptInPark()).toSeconds()),
                Long.toString(TURN.toMillis())));
    cursors.put(cohort, answer.text(0));
    if (answer.number(1) > 0) {
      LOG.atInfo()
          .addKeyValue("cohort", cohort.code())
          .addKeyValue("tickets", answer.number(1))
          .log("parked what dead nodes left");
    }
  }
}
