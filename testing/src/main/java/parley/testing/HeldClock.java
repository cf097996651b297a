package parley.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// A clock in UTC that stands still until a test moves it. Thread-safe.
public final class HeldClock extends Clock {
  private volatile Instant now;

  private HeldClock(Instant start) {
    this.now = start;
  }

  /// @param start as in `2026-03-01T12:00:00Z`
  public static HeldClock at(String start) {
    return new HeldClock(Instant.parse(start));
  }

  /// Held at this moment, for what is compared with real files or servers.
  public static HeldClock atNow() {
    return new HeldClock(Instant.now());
  }

  public synchronized void pass(Duration time) {
    now = now.plus(time);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    if (!zone.equals(ZoneOffset.UTC)) {
      throw new IllegalArgumentException("zone is " + zone + ", expected UTC");
    }
    return this;
  }
}
