package parley.client.call;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// Waits between tries: full jitter, drawn evenly between nothing and a ceiling that doubles from
/// `first` to `longest`, so that clients cut at the same moment do not come back at the same
/// moment.
///
/// After M. Brooker, "Exponential Backoff and Jitter". Used by one thread.
public final class Backoff {
  private final Duration first;
  private final Duration longest;
  private final RandomGenerator random;
  private Duration ceiling;
  private int tries;

  public Backoff(Duration first, Duration longest, RandomGenerator random) {
    this.first = first;
    this.longest = longest;
    this.random = random;
    this.ceiling = first;
  }

  /// The next wait.
  public Duration next() {
    Duration wait = jitter(ceiling);
    tries++;
    Duration doubled = ceiling.multipliedBy(2);
    ceiling = doubled.compareTo(longest) < 0 ? doubled : longest;
    return wait;
  }

  /// A part of `most`, drawn evenly.
  public Duration jitter(Duration most) {
    return Duration.ofNanos(random.nextLong(most.toNanos() + 1));
  }

  /// How many waits were drawn since the start or the last `reset`.
  public int tries() {
    return tries;
  }

  public void reset() {
    ceiling = first;
    tries = 0;
  }
}
