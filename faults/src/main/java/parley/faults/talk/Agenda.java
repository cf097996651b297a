package parley.faults.talk;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/// What a member has to do later. Used by one thread.
final class Agenda {
  private static final Duration IDLE = Duration.ofMillis(200);

  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(Comparator.comparingLong(Entry::at));

  private record Entry(long at, Runnable task) {}

  void in(Duration wait, Runnable task) {
    entries.add(new Entry(System.nanoTime() + wait.toNanos(), task));
  }

  /// How long nothing is due, in nanoseconds; a fifth of a second at most.
  long idle() {
    Entry first = entries.peek();
    long left = first == null ? IDLE.toNanos() : first.at() - System.nanoTime();
    return Math.max(0, Math.min(left, IDLE.toNanos()));
  }

  void runDue() {
    long now = System.nanoTime();
    for (Entry first = entries.peek(); first != null && first.at() <= now; first = entries.peek()) {
      entries.remove();
      first.task().run();
    }
  }
}
