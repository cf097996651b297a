package parley.session;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.domain.NodeId;
import parley.session.core.port.Timers;

/// All alarms of a node on one thread.
final class NodeTimers implements Timers, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeTimers.class);

  private final ScheduledThreadPoolExecutor thread;

  NodeTimers(NodeId node) {
    thread =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name(node + "-timers").factory());
    thread.setRemoveOnCancelPolicy(true);
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /// After the close nothing rings.
  @Override
  public Alarm after(Duration delay, Runnable task) {
    if (thread.isShutdown()) {
      return new Ringing(null);
    }
    return new Ringing(
        thread.schedule(() -> guarded(task), delay.toMillis(), TimeUnit.MILLISECONDS));
  }

  @Override
  public Duration now() {
    return Duration.ofNanos(System.nanoTime());
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException fault) {
      LOG.atError().setCause(fault).log("alarm failed");
    }
  }

  private record Ringing(@Nullable ScheduledFuture<?> future) implements Alarm {
    @Override
    public void cancel() {
      if (future != null) {
        future.cancel(false);
      }
    }
  }
}
