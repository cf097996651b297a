package parley.match.redis;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
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
/// Beats on threads and a way to Redis of its own, so that a node that is merely busy does not lose
/// its lease; a beat that fails is tried again at the next. Cohorts go their own ways: one whose
/// primary is away, also at the start, keeps no other waiting ([CohortBeats]).
public final class OwnerLease implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OwnerLease.class);
  private static final int GEN_BYTES = 9;

  private final ScriptRunner scripts;
  private final MatchKeys keys;
  private final LeaseTimes times;
  private final Duration keptAfterEnd;
  private final NodeContext context;
  private final OwnerId owner;
  private final Set<Cohort> cohorts;
  private final Map<Cohort, String> gens = new ConcurrentHashMap<>();

  /// Since when the lease stood, as this node has acted upon.
  private final Map<Cohort, String> since = new ConcurrentHashMap<>();

  private final Set<Cohort> unfilled = ConcurrentHashMap.newKeySet();
  private final Set<Cohort> refilling = ConcurrentHashMap.newKeySet();
  private final Set<Cohort> lapsed = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean stuck = new AtomicBoolean();
  private volatile @Nullable LossListener listener;
  private volatile boolean closing;
  private final CohortBeats beats;
  private final Map<Cohort, ExecutorService> taking;

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
    this.beats = new CohortBeats(context.id() + "-owner-beat", this.cohorts, this::beatOrLog);
    this.taking =
        this.cohorts.stream()
            .collect(Collectors.toUnmodifiableMap(cohort -> cohort, cohort -> taking(cohort)));
  }

  private ExecutorService taking(Cohort cohort) {
    return Executors.newSingleThreadExecutor(
        Thread.ofVirtual().name(context.id() + "-owner-taking-" + cohort.code()).factory());
  }

  /// Beats once in each cohort and goes on.
  ///
  /// @param scripts for beats alone: nothing else may keep them waiting
  /// @throws PoolUnavailable if none of the first beats is answered; while some are, this node acts
  ///   in those cohorts, and in the others as soon as it can
  static OwnerLease hold(
      ScriptRunner scripts,
      MatchKeys keys,
      LeaseTimes times,
      Duration keptAfterEnd,
      NodeContext context,
      Set<Cohort> cohorts) {
    OwnerLease lease = new OwnerLease(scripts, keys, times, keptAfterEnd, context, cohorts);
    Map<Cohort, RuntimeException> away = lease.beatAll(times.lease());
    if (away.size() == lease.cohorts.size()) {
      lease.end();
      throw away.values().iterator().next();
    }
    away.forEach((cohort, why) -> lease.warn(cohort, "no first beat: " + why.getMessage()));
    lease.beats.start(times.beat());
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

  /// Whether it acts in this cohort.
  boolean acts(Cohort cohort) {
    return !gen(cohort).isEmpty();
  }

  /// Whether it acts in all its cohorts.
  boolean acts() {
    return cohorts.stream().allMatch(this::acts);
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
    beats.soon();
  }

  /// This node is about to close: nothing is refilled any more, and what breaks off is no fault.
  void endRefilling() {
    closing = true;
  }

  /// The lease ends now: what was not parked is so for everybody. The threads are gone after this.
  @Override
  public void close() {
    closing = true;
    if (end() && !beatAll(Duration.ZERO).isEmpty()) {
      LOG.atInfo().addKeyValue("node", context.id()).log("lease ends by itself: Redis is away");
    }
  }

  /// Nothing goes on by itself. False if this thread was interrupted meanwhile.
  private boolean end() {
    try {
      beats.end();
      return true;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      taking.values().forEach(ExecutorService::shutdownNow);
    }
  }

  private void beatOrLog(Cohort cohort) {
    try {
      beat(cohort, times.lease());
    } catch (PoolUnavailable away) {
      warn(cohort, "beat failed: " + away.getMessage());
    } catch (RuntimeException fault) {
      LOG.atError().setCause(fault).addKeyValue("node", context.id()).log("beat failed");
    }
  }

  /// Once in all cohorts, side by side.
  ///
  /// @return those without an answer, and why
  private Map<Cohort, RuntimeException> beatAll(Duration lease) {
    Map<Cohort, RuntimeException> away = new ConcurrentHashMap<>();
    ThreadFactory threads = Thread.ofVirtual().name(context.id() + "-owner-beat-", 0).factory();
    try (ExecutorService each = Executors.newThreadPerTaskExecutor(threads)) {
      for (Cohort cohort : cohorts) {
        each.execute(
            () -> {
              try {
                beat(cohort, lease);
              } catch (RuntimeException why) {
                away.put(cohort, why);
              }
            });
      }
    }
    return away;
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
      if (!beat.since().equals(since.put(cohort, beat.since())) && hears != null) {
        enterAgain(cohort, hears);
      }
    } else if (hears == null) {
      since.put(cohort, beat.since());
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
      Objects.requireNonNull(taking.get(cohort))
          .execute(
              () -> {
                lapsed.remove(cohort);
                try {
                  hears.enterAgain(cohort);
                } catch (RuntimeException fault) {
                  LOG.atError()
                      .setCause(fault)
                      .addKeyValue("cohort", cohort.code())
                      .log("not entered");
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
        since.put(cohort, beat.since());
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
    return new Beat(answer.text(0), answer.text(1), answer.number(2) == 1);
  }

  /// @param since from when on the lease stood
  /// @param filled this gen was refilled by somebody
  private record Beat(String gen, String since, boolean filled) {}

  private String freshGen() {
    byte[] bytes = new byte[GEN_BYTES];
    context.random().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
