package parley.identity.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import parley.domain.DeviceId;
import parley.domain.FamilyId;
import parley.domain.ParticipantId;
import parley.identity.core.Nonce;

/// Every key of identity-svc but the stream of revocations. What a script touches together carries
/// one hash tag.
final class IdentityKeys {
  private final String prefix;

  /// @param prefix of the installation
  IdentityKeys(String prefix) {
    this.prefix = prefix + "identity:";
  }

  byte[] family(FamilyId family, DeviceId device) {
    return key(ofDevice(device) + ":family:" + family);
  }

  byte[] gender(DeviceId device) {
    return key(ofDevice(device) + ":gender");
  }

  byte[] ageRefusal(DeviceId device) {
    return key(ofDevice(device) + ":under-age");
  }

  byte[] ban(DeviceId device) {
    return key(ofDevice(device) + ":device-ban");
  }

  byte[] ban(ParticipantId participant) {
    return key("{" + participant + "}:participant-ban");
  }

  byte[] guestsOfMinute() {
    return key("{guests}:minute");
  }

  byte[] spent(Nonce nonce) {
    return key("{" + nonce.id() + "}:nonce");
  }

  private static String ofDevice(DeviceId device) {
    return "{" + device + "}";
  }

  private byte[] key(String rest) {
    return (prefix + rest).getBytes(UTF_8);
  }
}
