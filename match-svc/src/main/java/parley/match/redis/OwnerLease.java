package parley.match.redis;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.domain.Cohort;
import parley.match.core.port.PoolUnavailable;
import parley.platform.discovery.LeaseTimes;
import parley.platform.lifecycle.NodeContext;

/// Says in each cohort that this node lives, so that its tickets count as held; and finds out when
/// Redis lost its state, or the lease lapsed, so that the tickets must enter again.
///
/// Beats on a thread of its own; a beat that fails is tried again at the next.
public final class OwnerLease implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OwnerLease.class);
  private static final int GEN_BYTES = 9;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final ScriptRunner scripts;
  private final MatchKeys keys;
  private final LeaseTimes times;
  private final Duration keptAfterEnd;
  private final NodeContext context;
  private final OwnerId owner;
  private final Set<Cohort> cohorts;
  private final Map<Cohort, String> gens = new ConcurrentHashMap<>();
  private final List<Consumer<Cohort>> lossListeners = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService beats;

  private OwnerLease(
      ScriptRunner scripts,
      MatchKeys keys,
      LeaseTimes times,
      Duration keptAfterEnd,
      NodeContext context,
      Set<Cohort> cohorts) {
    this.cohorts = Set.copyOf(cohorts);
    this.scripts = scripts;
    this.keys = keys;
    this.times = times;
    this.keptAfterEnd = keptAfterEnd;
    this.context = context;
    this.owner = OwnerId.random(context.random());
    this.beats =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name(context.id() + "-owner-beat").factory());
  }

  /// Beats once in each cohort and goes on.
  ///
  /// @throws PoolUnavailable if Redis does not answer the first beats
  static OwnerLease hold(
      ScriptRunner scripts,
      MatchKeys keys,
      LeaseTimes times,
      Duration keptAfterEnd,
      NodeContext context,
      Set<Cohort> cohorts) {
    OwnerLease lease = new OwnerLease(scripts, keys, times, keptAfterEnd, context, cohorts);
    try {
      lease.beatAll(times.lease());
    } catch (PoolUnavailable away) {
      lease.beats.shutdownNow();
      throw away;
    }
    var _ =
        lease.beats.scheduleWithFixedDelay(
            lease::beatOrLog,
            times.beat().toMillis(),
            times.beat().toMillis(),
            TimeUnit.MILLISECONDS);
    return lease;
  }

  OwnerId owner() {
    return owner;
  }

  /// Where it lives.
  Set<Cohort> cohorts() {
    return cohorts;
  }

  /// What Redis remembered at the last beat.
  String gen(Cohort cohort) {
    return gens.getOrDefault(cohort, "");
  }

  /// Hears of each cohort whose tickets must enter again; on the beating thread, must not block
  /// long.
  public void onLoss(Consumer<Cohort> listener) {
    lossListeners.add(listener);
  }

  /// A call was refused for want of a lease or for an old gen: find out now.
  void beatSoon() {
    beats.execute(this::beatOrLog);
  }

  /// The lease ends now: what was not parked is so for everybody. The thread is gone after this.
  @Override
  public void close() {
    beats.shutdownNow();
    try {
      if (!beats.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.atWarn().addKeyValue("node", context.id()).log("beat did not end in time");
      }
      beatAll(Duration.ZERO);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (PoolUnavailable away) {
      LOG.atInfo().addKeyValue("node", context.id()).log("lease ends by itself: Redis is away");
    }
  }

  private void beatOrLog() {
    try {
      beatAll(times.lease());
    } catch (PoolUnavailable away) {
      LOG.atWarn().addKeyValue("node", context.id()).log("beat failed: {}", away.getMessage());
    } catch (RuntimeException fault) {
      LOG.atError().setCause(fault).addKeyValue("node", context.id()).log("beat failed");
    }
  }

  private void beatAll(Duration lease) {
    for (Cohort cohort : cohorts) {
      beat(cohort, lease);
    }
  }

  private void beat(Cohort cohort, Duration lease) {
    ScriptRunner.ScriptAnswer answer =
        scripts.run(
            MatchScripts.BEAT,
            List.of(keys.nodes(cohort), keys.inbox(cohort, owner)),
            List.of(
                owner.text(),
                context.id().text(),
                RedisTicketPool.micros(lease),
                freshGen(),
                Long.toString(keptAfterEnd.toSeconds())));
    String gen = answer.text(0);
    String before = gens.put(cohort, gen);
    boolean lost = before != null && !before.equals(gen);
    if (lost || answer.number(1) == 1) {
      LOG.atWarn()
          .addKeyValue("node", context.id())
          .addKeyValue("cohort", cohort.code())
          .log(lost ? "Redis lost its tickets, entering again" : "lease had lapsed, taking up");
      lossListeners.forEach(listener -> listener.accept(cohort));
    }
  }

  private String freshGen() {
    byte[] bytes = new byte[GEN_BYTES];
    context.random().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
