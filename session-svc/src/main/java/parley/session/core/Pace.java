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
    this(limits.paceBurst(), limits.pacePerSecond(), now);
  }

  Pace(double burst, double perSecond, Instant now) {
    this.burst = burst;
    this.perSecond = perSecond;
    tokens = burst;
    filled = now;
  }

  /// Takes one token; without one says how long to wait for it.
  synchronized Optional<Duration> take(Instant now) {
    fill(now);
    if (tokens >= 1) {
      tokens -= 1;
      return Optional.empty();
    }
    return Optional.of(Duration.ofMillis((long) Math.ceil((1 - tokens) / perSecond * 1000)));
  }

  /// Takes one token, also ahead of time: says when it would have been there.
  synchronized Duration reserve(Instant now) {
    fill(now);
    tokens -= 1;
    return Duration.ofMillis((long) Math.ceil(Math.max(0, -tokens) / perSecond * 1000));
  }

  private void fill(Instant now) {
    double seconds = Math.max(0, Duration.between(filled, now).toNanos() / 1e9);
    tokens = Math.min(burst, tokens + seconds * perSecond);
    filled = now;
  }
}
