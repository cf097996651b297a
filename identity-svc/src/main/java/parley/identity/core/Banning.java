package parley.identity.core;

import java.time.Duration;
import parley.domain.DeviceId;
import parley.domain.ParticipantId;
import parley.identity.core.port.Bans;
import parley.identity.core.port.RevocationLog;

/// What an operator does about somebody. First no new tokens, then the end of those that are out.
public final class Banning {
  private final Bans bans;
  private final RevocationLog revocations;

  public Banning(Bans bans, RevocationLog revocations) {
    this.bans = bans;
    this.revocations = revocations;
  }

  /// One guest.
  public void ban(ParticipantId participant, Duration lasts) {
    bans.ban(participant, lasts);
    revocations.revoke(participant);
  }

  /// Every guest of a device, and new ones until the ban's end.
  public void ban(DeviceId device, Duration lasts) {
    bans.ban(device, lasts);
    revocations.revoke(device);
  }
}
