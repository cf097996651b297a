package parley.identity.core;

import parley.identity.core.port.Remembered;
import parley.testing.HeldClock;

/// All that identity-svc remembers, in this JVM, by a clock that tests hold.
public record MemoryHere(Remembered remembered, RevocationsHere revocations) {
  public static MemoryHere by(HeldClock clock) {
    FadingMap kept = new FadingMap(clock);
    DevicesHere devices = new DevicesHere(kept);
    RevocationsHere revocations = new RevocationsHere();
    return new MemoryHere(
        new Remembered(
            new FamiliesHere(kept), devices, devices, new ChallengesHere(kept, clock), revocations),
        revocations);
  }
}
