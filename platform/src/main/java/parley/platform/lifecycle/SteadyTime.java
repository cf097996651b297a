package parley.platform.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/// Moments that only ever go on, at the pace of real time, whatever is done to the machine's clock:
/// for durations. They begin at the clock's time at the start of the node and mean nothing to
/// anybody else. Thread-safe.
final class SteadyTime implements InstantSource {
  private final Instant start;
  private final LongSupplier nanos;
  private final long began;

  /// @param nanos counts nanoseconds up from anywhere, as [System#nanoTime] does
  SteadyTime(InstantSource clock, LongSupplier nanos) {
    this.start = clock.instant();
    this.nanos = nanos;
    this.began = nanos.getAsLong();
  }

  @Override
  public Instant instant() {
    return start.plus(Duration.ofNanos(nanos.getAsLong() - began));
  }
}
