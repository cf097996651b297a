package parley.identity.core;

import java.time.Duration;
import parley.identity.core.port.Remembered;
import parley.testing.HeldClock;

class MemoryHereTest extends MemoryContract {
  private final HeldClock clock = HeldClock.at("2026-03-01T12:00:00Z");

  @Override
  protected Remembered memory() {
    return MemoryHere.by(clock).remembered();
  }

  @Override
  protected void pass(Duration time) {
    clock.pass(time);
  }
}
