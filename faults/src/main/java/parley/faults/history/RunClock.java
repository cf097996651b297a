package parley.faults.history;

import java.time.Duration;

/// Monotone time since a run began.
public final class RunClock {
  private final long began = System.nanoTime();

  public long now() {
    return System.nanoTime() - began;
  }

  public Duration since() {
    return Duration.ofNanos(now());
  }
}
