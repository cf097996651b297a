package parley.identity.core;

import java.time.Duration;
import java.util.Optional;
import parley.domain.DeviceId;
import parley.domain.FamilyId;
import parley.identity.core.port.FamilyNumbers;

/// Families in this JVM; kept to the port's promise by [MemoryContract].
final class FamiliesHere implements FamilyNumbers {
  private static final String REUSED = "reused";

  private final FadingMap kept;

  FamiliesHere(FadingMap kept) {
    this.kept = kept;
  }

  @Override
  public void begin(FamilyId family, DeviceId device, Duration idle) {
    kept.keep(family, 0L, idle);
  }

  @Override
  public synchronized Advance advance(
      FamilyId family, DeviceId device, long presented, Duration idle) {
    Optional<Object> known = kept.get(family);
    if (known.isEmpty()) {
      return new Advance.Over();
    }
    if (known.get().equals(REUSED) || presented < (Long) known.get()) {
      kept.keep(family, REUSED, idle);
      return new Advance.Reused();
    }
    kept.keep(family, presented, idle);
    return new Advance.Advanced(presented + 1);
  }

  @Override
  public void close(FamilyId family, DeviceId device, Duration idle) {
    kept.keep(family, REUSED, idle);
  }

  @Override
  public void end(FamilyId family, DeviceId device) {
    kept.remove(family);
  }
}
