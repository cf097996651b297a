package parley.identity.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parley.domain.DeviceId;
import parley.domain.FamilyId;
import parley.domain.Gender;
import parley.domain.ParticipantId;
import parley.identity.core.port.Bans;
import parley.identity.core.port.Challenges;
import parley.identity.core.port.Devices;
import parley.identity.core.port.FamilyNumbers;
import parley.identity.core.port.Remembered;
import parley.identity.core.port.RevocationLog;
import parley.testing.HeldClock;

/// What identity-svc remembers, in this JVM, by a clock that tests hold. Kept to the ports' promise
/// by [MemoryContract].
public final class MemoryHere implements FamilyNumbers, Devices, Bans, Challenges, RevocationLog {
  /// What was revoked, in order: ids of families, participants and devices.
  public final List<Record> revoked = new ArrayList<>();

  private final HeldClock clock;
  private final Map<Object, Kept> kept = new HashMap<>();

  public MemoryHere(HeldClock clock) {
    this.clock = clock;
  }

  public Remembered remembered() {
    return new Remembered(this, this, this, this, this);
  }

  @Override
  public synchronized void begin(FamilyId family, DeviceId device, Duration idle) {
    keep(family, 0L, idle);
  }

  @Override
  public synchronized Advance advance(
      FamilyId family, DeviceId device, long presented, Duration idle) {
    Optional<Object> known = get(family);
    if (known.isEmpty()) {
      return new Advance.Over();
    }
    boolean reused = known.get().equals("reused") || presented < (Long) known.get();
    keep(family, reused ? "reused" : (Object) presented, idle);
    return reused ? new Advance.Reused() : new Advance.Advanced(presented + 1);
  }

  @Override
  public synchronized void end(FamilyId family, DeviceId device) {
    kept.remove(family);
  }

  @Override
  public synchronized void rememberAgeRefusal(DeviceId device, Duration kept) {
    keep(device + "age", true, kept);
  }

  @Override
  public synchronized boolean refusedForAge(DeviceId device) {
    return get(device + "age").isPresent();
  }

  @Override
  public synchronized GenderInForce stateGender(DeviceId device, Gender stated, Duration kept) {
    if (get(device + "gender").isEmpty()) {
      keep(device + "gender", stated, kept);
    }
    return changeGender(device, stated, Optional.of(stated), kept);
  }

  @Override
  public synchronized GenderInForce changeGender(
      DeviceId device, Gender before, Optional<Gender> asked, Duration kept) {
    Gender now = (Gender) get(device + "gender").orElse(before);
    Optional<Object> changed = get(device + "changed");
    if (changed.isPresent() || asked.isEmpty() || asked.get() == now) {
      return new GenderInForce(now, left(device + "changed"));
    }
    keep(device + "gender", asked.get(), kept);
    keep(device + "changed", true, kept);
    return new GenderInForce(asked.get(), kept);
  }

  @Override
  public synchronized void ban(ParticipantId participant, Duration lasts) {
    keep(participant + "banned", true, lasts);
  }

  @Override
  public synchronized void ban(DeviceId device, Duration lasts) {
    keep(device + "banned", true, lasts);
  }

  @Override
  public synchronized boolean banned(ParticipantId participant) {
    return get(participant + "banned").isPresent();
  }

  @Override
  public synchronized Optional<Duration> left(DeviceId device) {
    return Optional.of(left(device + "banned")).filter(Duration::isPositive);
  }

  @Override
  public synchronized Pace pace() {
    return new Pace((Long) get("guests").orElse(0L), clock.millis());
  }

  @Override
  public synchronized void countGuest() {
    Duration left = left("guests");
    keep("guests", pace().guestsWithinMinute() + 1, left.isZero() ? Duration.ofMinutes(1) : left);
  }

  @Override
  public synchronized boolean spend(Nonce nonce, Duration life) {
    Duration left = life.minusMillis(clock.millis() - nonce.madeAtMillis());
    if (!left.isPositive() || get(nonce.id()).isPresent()) {
      return false;
    }
    keep(nonce.id(), true, left);
    return true;
  }

  @Override
  public synchronized void revoke(FamilyId family) {
    revoked.add(family);
  }

  @Override
  public synchronized void revoke(ParticipantId participant) {
    revoked.add(participant);
  }

  @Override
  public synchronized void revoke(DeviceId device) {
    revoked.add(device);
  }

  private void keep(Object key, Object value, Duration time) {
    kept.put(key, new Kept(value, clock.instant().plus(time)));
  }

  private Optional<Object> get(Object key) {
    return left(key).isPositive() ? Optional.of(kept.get(key).value()) : Optional.empty();
  }

  private Duration left(Object key) {
    Kept found = kept.get(key);
    return found == null || !clock.instant().isBefore(found.until())
        ? Duration.ZERO
        : Duration.between(clock.instant(), found.until());
  }

  private record Kept(Object value, Instant until) {}
}
