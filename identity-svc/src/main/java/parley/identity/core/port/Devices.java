package parley.identity.core.port;

import java.time.Duration;
import java.util.Optional;
import parley.domain.DeviceId;
import parley.domain.Gender;
import parley.identity.core.GenderInForce;

/// What is remembered of a device, for a day or so.
public interface Devices {
  void rememberAgeRefusal(DeviceId device, Duration kept);

  boolean refusedForAge(DeviceId device);

  /// A new guest of this device states a gender. The first statement within `kept` counts and may
  /// be changed; the first other one is the change, and stays for `kept`.
  GenderInForce stateGender(DeviceId device, Gender stated, Duration kept);

  /// A guest that has `before` asks for another gender, or for none (empty). In force is what the
  /// device last stated within `kept`, else `before`; it changes if it was not changed within
  /// `kept`. The same again gives the same answer.
  GenderInForce changeGender(DeviceId device, Gender before, Optional<Gender> asked, Duration kept);
}
