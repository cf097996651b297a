package parley.identity.core;

import java.time.Duration;
import parley.identity.core.port.Challenges;
import parley.testing.HeldClock;

/// Challenges in this JVM; kept to the port's promise by [MemoryContract].
final class ChallengesHere implements Challenges {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final String GUESTS = "guests";

  private final FadingMap kept;
  private final HeldClock clock;

  ChallengesHere(FadingMap kept, HeldClock clock) {
    this.kept = kept;
    this.clock = clock;
  }

  @Override
  public synchronized Pace pace() {
    return new Pace((Long) kept.get(GUESTS).orElse(0L), clock.millis());
  }

  @Override
  public synchronized void countGuest() {
    Duration left = kept.left(GUESTS);
    kept.keep(GUESTS, pace().guestsWithinMinute() + 1, left.isZero() ? MINUTE : left);
  }

  @Override
  public synchronized boolean spend(Nonce nonce, Duration life) {
    Duration left = life.minusMillis(clock.millis() - nonce.madeAtMillis());
    if (!left.isPositive() || kept.get(nonce.id()).isPresent()) {
      return false;
    }
    kept.keep(nonce.id(), true, left);
    return true;
  }
}
