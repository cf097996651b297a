package parley.faults.talk;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// What the members of one conversation know together: how far its log is known to reach, and how
/// many of them are in. Thread-safe.
public final class Table {
  private final AtomicLong furthest = new AtomicLong();
  private final AtomicInteger entered = new AtomicInteger();

  void reaches(long offset) {
    furthest.accumulateAndGet(offset, Math::max);
  }

  /// The log was cut short: what is known of it is learnt again.
  void forget() {
    furthest.set(0);
  }

  long furthest() {
    return furthest.get();
  }

  void enteredFirst() {
    entered.incrementAndGet();
  }

  public int entered() {
    return entered.get();
  }
}
