package parley.bot.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import parley.bot.core.port.Strand;
import parley.testing.HeldClock;

/// A strand whose time a test moves.
final class HeldStrand implements Strand {
  final HeldClock clock = HeldClock.at("2026-03-01T12:00:00Z");
  private final Queue<Runnable> posted = new ArrayDeque<>();
  private final List<Due> timers = new ArrayList<>();
  private boolean running;
  private boolean closed;

  @Override
  public void post(Runnable task) {
    if (!closed) {
      posted.add(task);
      run();
    }
  }

  @Override
  public Timer after(Duration delay, Runnable task) {
    Due due = new Due(clock.instant().plus(delay), task);
    if (!closed) {
      timers.add(due);
    }
    return () -> timers.remove(due);
  }

  @Override
  public void close() {
    closed = true;
    timers.clear();
  }

  /// Runs what becomes due meanwhile, each at its time.
  void pass(Duration time) {
    Instant until = clock.instant().plus(time);
    for (Optional<Due> next = next(until); next.isPresent(); next = next(until)) {
      Due due = next.get();
      clock.pass(Duration.between(clock.instant(), due.at()));
      timers.remove(due);
      post(due.task());
    }
    clock.pass(Duration.between(clock.instant(), until));
  }

  private Optional<Due> next(Instant until) {
    return timers.stream()
        .filter(due -> !due.at().isAfter(until))
        .min(Comparator.comparing(Due::at));
  }

  private void run() {
    if (running) {
      return;
    }
    running = true;
    for (Runnable task = posted.poll(); task != null; task = posted.poll()) {
      task.run();
    }
    running = false;
  }

  private static final class Due {
    private final Instant at;
    private final Runnable task;

    private Due(Instant at, Runnable task) {
      this.at = at;
      this.task = task;
    }

    private Instant at() {
      return at;
    }

    private Runnable task() {
      return task;
    }
  }
}
