package parley.match.redis;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.domain.Cohort;

/// Beats in each cohort, on a thread of its own: cohorts may lie on different primaries, and one
/// that is slow or gone keeps no other cohort from its beat. Within a cohort one beat follows the
/// other.
final class CohortBeats {
  private static final Logger LOG = LoggerFactory.getLogger(CohortBeats.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final String name;
  private final Consumer<Cohort> beat;
  private final Map<Cohort, ScheduledExecutorService> threads;
  private final Set<Cohort> due = ConcurrentHashMap.newKeySet();

  /// @param beat must not throw: the cohort's beats would end with it
  CohortBeats(String name, Set<Cohort> cohorts, Consumer<Cohort> beat) {
    this.name = name;
    this.beat = beat;
    this.threads =
        cohorts.stream()
            .collect(Collectors.toUnmodifiableMap(cohort -> cohort, cohort -> thread(cohort)));
  }

  private ScheduledExecutorService thread(Cohort cohort) {
    return Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().daemon().name(name + "-" + cohort.code()).factory());
  }

  /// The first so long from now, the next so long after it.
  void start(Duration every) {
    threads.forEach(
        (cohort, thread) -> {
          var _ =
              thread.scheduleWithFixedDelay(
                  () -> beat.accept(cohort),
                  every.toMillis(),
                  every.toMillis(),
                  TimeUnit.MILLISECONDS);
        });
  }

  /// In each cohort as soon as its last beat is over. However often this is called before, it is
  /// one.
  void soon() {
    threads.forEach(
        (cohort, thread) -> {
          if (due.add(cohort)) {
            soon(cohort, thread);
          }
        });
  }

  private void soon(Cohort cohort, ScheduledExecutorService thread) {
    try {
      thread.execute(
          () -> {
            due.remove(cohort);
            beat.accept(cohort);
          });
    } catch (RejectedExecutionException closed) {
      LOG.atDebug().log("a beat after the close");
    }
  }

  /// No beat begins after this. Those under way are waited for, for a short time.
  ///
  /// @throws InterruptedException if this thread was, while it waited
  void end() throws InterruptedException {
    threads.values().forEach(ScheduledExecutorService::shutdownNow);
    long end = System.nanoTime() + PATIENCE.toNanos();
    for (ScheduledExecutorService thread : threads.values()) {
      if (!thread.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        LOG.atWarn().addKeyValue("beats", name).log("a beat did not end in time");
        return;
      }
    }
  }
}
