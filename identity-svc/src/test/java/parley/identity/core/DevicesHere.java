package parley.identity.core;

import java.time.Duration;
import java.util.Optional;
import parley.domain.DeviceId;
import parley.domain.Gender;
import parley.domain.ParticipantId;
import parley.identity.core.port.Bans;
import parley.identity.core.port.Devices;

/// Devices and bans in this JVM; kept to the ports' promises by [MemoryContract].
final class DevicesHere implements Devices, Bans {
  private final FadingMap kept;

  DevicesHere(FadingMap kept) {
    this.kept = kept;
  }

  @Override
  public void rememberAgeRefusal(DeviceId device, Duration time) {
    kept.keep(device + "age", true, time);
  }

  @Override
  public boolean refusedForAge(DeviceId device) {
    return kept.get(device + "age").isPresent();
  }

  @Override
  public synchronized GenderInForce stateGender(DeviceId device, Gender stated, Duration time) {
    if (kept.get(device + "gender").isEmpty()) {
      kept.keep(device + "gender", stated, time);
    }
    return changeGender(device, stated, Optional.of(stated), time);
  }

  @Override
  public synchronized GenderInForce changeGender(
      DeviceId device, Gender before, Optional<Gender> asked, Duration time) {
    Gender now = (Gender) kept.get(device + "gender").orElse(before);
    Duration held = kept.left(device + "changed");
    if (held.isPositive() || asked.isEmpty() || asked.get() == now) {
      return new GenderInForce(now, held);
    }
    kept.keep(device + "gender", asked.get(), time);
    kept.keep(device + "changed", true, time);
    return new GenderInForce(asked.get(), time);
  }

  @Override
  public void ban(ParticipantId participant, Duration lasts) {
    kept.keep(participant, "banned", lasts);
  }

  @Override
  public void ban(DeviceId device, Duration lasts) {
    kept.keep(device, "banned", lasts);
  }

  @Override
  public boolean banned(ParticipantId participant) {
    return kept.get(participant).isPresent();
  }

  @Override
  public Optional<Duration> left(DeviceId device) {
    return Optional.of(kept.left(device)).filter(Duration::isPositive);
  }
}
