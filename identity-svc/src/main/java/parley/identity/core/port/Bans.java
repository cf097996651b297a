package parley.identity.core.port;

import java.time.Duration;
import java.util.Optional;
import parley.domain.DeviceId;
import parley.domain.ParticipantId;

/// Who may have no tokens for a while. A ban takes the place of an earlier one.
public interface Bans {
  void ban(ParticipantId participant, Duration lasts);

  void ban(DeviceId device, Duration lasts);

  boolean banned(ParticipantId participant);

  /// How long the device's ban still lasts.
  Optional<Duration> left(DeviceId device);
}
