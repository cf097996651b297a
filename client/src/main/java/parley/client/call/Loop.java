package parley.client.call;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread of a search or a conversation: everything that happens to it is a task here, in
/// order, so that its state needs no lock. A virtual thread; a task may block.
public final class Loop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Loop.class);

  private final String name;
  private final ScheduledThreadPoolExecutor executor;
  private volatile @Nullable Thread thread;

  public Loop(String name) {
    this.name = name;
    this.executor = new ScheduledThreadPoolExecutor(1, this::newThread);
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /// Runs the task after all that were given before. Dropped once the loop is closed.
  public void post(Runnable task) {
    try {
      executor.execute(guarded(task));
    } catch (RejectedExecutionException closed) {
      LOG.trace("{} is closed", name, closed);
    }
  }

  /// Runs the task here, later. Dropped once the loop is closed.
  public Timer after(Duration delay, Runnable task) {
    try {
      Future<?> due = executor.schedule(guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
      return () -> due.cancel(false);
    } catch (RejectedExecutionException closed) {
      LOG.trace("{} is closed", name, closed);
      return () -> {};
    }
  }

  /// Runs a blocking task beside the loop, on a virtual thread of its own.
  public void aside(Runnable task) {
    Thread.ofVirtual().name(name + " aside").start(guarded(task));
  }

  /// Runs the tasks that are due, then no other. Waits for that, for a second at most, unless it is
  /// called on the loop itself; what still runs then is interrupted.
  public void finish() {
    executor.shutdown();
    if (Thread.currentThread().equals(thread)) {
      return;
    }
    try {
      if (!executor.awaitTermination(1, TimeUnit.SECONDS)) {
        executor.shutdownNow();
      }
    } catch (InterruptedException hurried) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  /// Starts no task any more; one that runs is interrupted.
  @Override
  public void close() {
    executor.shutdownNow();
  }

  private Thread newThread(Runnable body) {
    Thread made = Thread.ofVirtual().name(name).unstarted(body);
    thread = made;
    return made;
  }

  private Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException fault) {
        if (!executor.isShutdown()) {
          LOG.error("{} has a fault", name, fault);
        }
      }
    };
  }

  /// Something that is due; cancelling it twice, or too late, is harmless.
  @FunctionalInterface
  public interface Timer {
    void cancel();
  }
}
