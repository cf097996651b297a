package parley.session.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How fast one sender may go: a bucket of tokens that fills again. Thread-safe.
final class Pace {
  private final double burst;
  private final double perSecond;
  private double tokens;
  private Instant filled;

  Pace(SessionLimits limits, Instant now) {
    burst = limits.paceBurst();
    perSecond = limits.pacePerSecond();
    tokens = burst;
    filled = now;
  }

  /// Takes one token; without one says how long to wait for it.
  synchronized Optional<Duration> take(Instant now) {
    double seconds = Math.max(0, Duration.between(filled, now).toNanos() / 1e9);
    tokens = Math.min(burst, tokens + seconds * perSecond);
    filled = now;
    if (tokens >= 1) {
      tokens -= 1;
      return Optional.empty();
    }
    return Optional.of(Duration.ofMillis((long) Math.ceil((1 - tokens) / perSecond * 1000)));
  }
}
