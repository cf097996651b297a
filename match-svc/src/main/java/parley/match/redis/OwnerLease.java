package parley.match.redis;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import parley.domain.Cohort;
import parley.match.core.port.PoolUnavailable;
import parley.platform.discovery.LeaseTimes;
import parley.platform.lifecycle.NodeContext;

/// Says in each cohort that this node lives, so that its tickets count as held; and finds out when
/// Redis lost its state, or the lease lapsed, so that the tickets must enter again.
///
/// What Redis remembers has a name, its gen. A gen is used by this node only once somebody has
/// refilled it: until then all its steps are refused, so that nobody is paired against a refusal
/// that was lost.
///
/// Beats on a thread and a way to Redis of its own, so that a node that is merely busy does not
/// lose its lease; a beat that fails is tried again at the next.
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
  private final Set<Cohort> unfilled = ConcurrentHashMap.newKeySet();
  private final Set<Cohort> refilling = ConcurrentHashMap.newKeySet();
  private final Set<Cohort> lapsed = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean beatIsDue = new AtomicBoolean();
  private final AtomicBoolean stuck = new AtomicBoolean();
  private volatile @Nullable LossListener listener;
  private volatile boolean closing;
  private final ScheduledExecutorService beats;
  private final ExecutorService taking;

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
            Thread.ofPlatform().daemon().name(context.id() + "-owner-beat").factory());
    this.taking =
        Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name(context.id() + "-owner-taking").factory());
  }

  /// Beats once in each cohort and goes on.
  ///
  /// @param scripts for beats alone: nothing else may keep them waiting
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
      lease.taking.shutdownNow();
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

  /// What this node may act in; empty while it is being refilled.
  String gen(Cohort cohort) {
    return gens.getOrDefault(cohort, "");
  }

  /// Whether it acts in all its cohorts.
  boolean acts() {
    return cohorts.stream().noneMatch(cohort -> gen(cohort).isEmpty());
  }

  /// Who refills, and hears of each cohort whose tickets must enter again. Without one, whatever
  /// Redis has is taken as it is. Refills what nobody has, before it returns; blocks.
  public void onLoss(LossListener hears) {
    for (Cohort cohort : unfilled) {
      gens.remove(cohort);
      try {
        take(cohort, beat(cohort, times.lease(), ""), hears);
      } catch (PoolUnavailable away) {
        stuck(cohort, away);
      }
    }
    listener = hears;
    unfilled.forEach(gens::remove);
  }

  /// A call was refused for want of a lease or for an old gen: find out now. However many are, it
  /// is one beat.
  void beatSoon() {
    if (beatIsDue.compareAndSet(false, true)) {
      try {
        beats.execute(
            () -> {
              beatIsDue.set(false);
              beatOrLog();
            });
      } catch (RejectedExecutionException closed) {
        LOG.atDebug().log("a beat after the close");
      }
    }
  }

  /// This node is about to close: nothing is refilled any more, and what breaks off is no fault.
  void endRefilling() {
    closing = true;
  }

  /// The lease ends now: what was not parked is so for everybody. The thread is gone after this.
  @Override
  public void close() {
    closing = true;
    beats.shutdownNow();
    try {
      if (!beats.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.atWarn().addKeyValue("node", context.id()).log("beat did not end in time");
      }
      taking.shutdownNow();
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
    Beat beat = beat(cohort, lease, "");
    if (beat.filled()) {
      unfilled.remove(cohort);
    } else {
      unfilled.add(cohort);
    }
    LossListener hears = listener;
    if (closing) {
      return;
    }
    if (beat.gen().equals(gens.get(cohort))) {
      if (beat.lapsed() && hears != null) {
        enterAgain(cohort, hears);
      }
    } else if (hears == null) {
      gens.put(cohort, beat.gen());
    } else if (refilling.add(cohort)) {
      Thread.ofVirtual()
          .name(context.id() + "-refill-" + cohort.code())
          .start(() -> take(cohort, beat, hears));
    }
  }

  /// Beside the beats: so many tickets may take longer than the lease. What lapses meanwhile is
  /// entered once more after it.
  private void enterAgain(Cohort cohort, LossListener hears) {
    warn(cohort, "lease had lapsed, taking up");
    if (lapsed.add(cohort)) {
      taking.execute(
          () -> {
            lapsed.remove(cohort);
            try {
              hears.enterAgain(cohort);
            } catch (RuntimeException fault) {
              LOG.atError().setCause(fault).addKeyValue("cohort", cohort.code()).log("not entered");
            }
          });
    }
  }

  /// Takes a gen: refills it if nobody has, then acts in it, and its tickets enter again.
  private void take(Cohort cohort, Beat beat, LossListener hears) {
    try {
      boolean refilled = beat.filled();
      if (!refilled) {
        hears.refill(cohort);
        refilled = beat(cohort, times.lease(), beat.gen()).filled();
      }
      if (refilled) {
        unfilled.remove(cohort);
        if (unfilled.isEmpty() && stuck.compareAndSet(true, false)) {
          LOG.atInfo().addKeyValue("node", context.id()).log("refilled");
        }
        if (gens.put(cohort, beat.gen()) != null) {
          warn(cohort, "Redis lost its tickets, entering again");
          hears.enterAgain(cohort);
        }
      }
    } catch (PoolUnavailable away) {
      stuck(cohort, away);
    } catch (RuntimeException fault) {
      LOG.atLevel(closing ? Level.DEBUG : Level.ERROR)
          .setCause(fault)
          .addKeyValue("cohort", cohort.code())
          .log("not refilled");
    } finally {
      refilling.remove(cohort);
    }
  }

  /// The first of all cohorts and tries tells it, until all are filled.
  private void stuck(Cohort cohort, PoolUnavailable away) {
    if (stuck.compareAndSet(false, true)) {
      warn(cohort, "not refilled, tried again: " + away.getMessage());
    }
  }

  private void warn(Cohort cohort, String what) {
    LOG.atLevel(closing ? Level.DEBUG : Level.WARN)
        .addKeyValue("node", context.id())
        .addKeyValue("cohort", cohort.code())
        .log("{}", what);
  }

  /// @param refilled the gen that this node has refilled; empty if none
  private Beat beat(Cohort cohort, Duration lease, String refilled) {
    ScriptRunner.ScriptAnswer answer =
        scripts.run(
            MatchScripts.BEAT,
            List.of(keys.nodes(cohort), keys.inbox(cohort, owner)),
            List.of(
                owner.text(),
                context.id().text(),
                RedisTicketPool.micros(lease),
                freshGen(),
                Long.toString(keptAfterEnd.toSeconds()),
                refilled));
    return new Beat(answer.text(0), answer.number(1) == 1, answer.number(2) == 1);
  }

  /// @param lapsed the lease was over before
  /// @param filled this gen was refilled by somebody
  private record Beat(String gen, boolean lapsed, boolean filled) {}

  private String freshGen() {
    byte[] bytes = new byte[GEN_BYTES];
    context.random().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
