package parley.identity.core;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import parley.testing.HeldClock;

/// Keys that fade, as Redis has them, by a clock that tests hold.
final class FadingMap {
  private final HeldClock clock;
  private final Map<Object, Kept> kept = new HashMap<>();

  FadingMap(HeldClock clock) {
    this.clock = clock;
  }

  synchronized void keep(Object key, Object value, Duration time) {
    kept.put(key, new Kept(value, clock.instant().plus(time)));
  }

  synchronized Optional<Object> get(Object key) {
    return left(key).isPositive() ? Optional.of(kept.get(key).value()) : Optional.empty();
  }

  /// Zero if the key is not there.
  synchronized Duration left(Object key) {
    Kept found = kept.get(key);
    return found == null || !clock.instant().isBefore(found.until())
        ? Duration.ZERO
        : Duration.between(clock.instant(), found.until());
  }

  synchronized void remove(Object key) {
    kept.remove(key);
  }

  private record Kept(Object value, Instant until) {}
}
