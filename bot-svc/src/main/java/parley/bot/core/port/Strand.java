package parley.bot.core.port;

import java.time.Duration;

/// One thing after another: everything that happens to one conversation is a task here, so that its
/// state needs no lock. Any thread may give tasks; they run in order, never two at once. A task
/// that throws is told to an operator, and the next one runs.
public interface Strand {
  /// Runs the task after all that were given before. Dropped once it is closed.
  void post(Runnable task);

  /// Runs the task later. Dropped once it is closed.
  Timer after(Duration delay, Runnable task);

  /// Runs nothing any more, but what runs just now.
  void close();

  /// Something that is due; cancelling it twice, or too late, is harmless.
  @FunctionalInterface
  interface Timer {
    void cancel();
  }
}
