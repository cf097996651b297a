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

  @Override
  public void revoke(FamilyId family) {
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
