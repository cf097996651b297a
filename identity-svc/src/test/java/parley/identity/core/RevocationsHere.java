package parley.identity.core;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import parley.domain.DeviceId;
import parley.domain.FamilyId;
import parley.domain.ParticipantId;
import parley.identity.core.port.RevocationLog;

/// What was revoked, in order.
public final class RevocationsHere implements RevocationLog {
  private final List<Record> subjects = new CopyOnWriteArrayList<>();

  /// Ids of families, participants and devices.
  public List<Record> subjects() {
    return subjects;
  }

  /// Whether nothing can be written.
  public volatile boolean away;

  @Override
  public void revoke(FamilyId family) {
    if (away) {
      throw new IllegalStateException("away");
    }
    subjects.add(family);
  }

  @Override
  public void revoke(ParticipantId participant) {
    subjects.add(participant);
  }

  @Override
  public void revoke(DeviceId device) {
    subjects.add(device);
  }
}
