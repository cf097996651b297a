package parley.match;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.domain.NodeId;

/// What a node runs beside its calls: tasks that may block, a virtual thread each, and one even
/// tick.
final class NodeTasks implements Executor, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeTasks.class);
  private static final Duration TICK = Duration.ofMillis(250);

  private final ExecutorService threads;
  private final ScheduledExecutorService ticker;

  NodeTasks(NodeId node) {
    threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(node + "-task-", 0).factory());
    ticker =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name(node + "-tick").factory());
  }

  /// After the close nothing runs: what is left then, the end of the lease cleans up.
  @Override
  public void execute(Runnable task) {
    try {
      threads.execute(() -> guarded(task));
    } catch (RejectedExecutionException closed) {
      LOG.atDebug().log("task after the close");
    }
  }

  /// Ticks once now, then evenly.
  void everyTick(InstantSource steady, Consumer<Instant> tick) {
    tick.accept(steady.instant());
    var _ =
        ticker.scheduleWithFixedDelay(
            () -> guarded(() -> tick.accept(steady.instant())),
            TICK.toMillis(),
            TICK.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    ticker.shutdownNow();
    threads.shutdownNow();
    threads.close();
  }

  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException fault) {
      LOG.atError().setCause(fault).log("task failed");
    }
  }
}
