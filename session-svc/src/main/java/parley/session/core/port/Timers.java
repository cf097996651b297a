package parley.session.core.port;

import java.time.Duration;

/// Runs something later. Never on the caller's thread.
public interface Timers {
  Alarm after(Duration delay, Runnable task);

  /// Only ever grows, whatever happens to the clock: for differences.
  Duration now();

  /// One thing that will be run.
  interface Alarm {
    /// Too late is harmless.
    void cancel();
  }
}
