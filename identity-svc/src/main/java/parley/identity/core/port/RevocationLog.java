package parley.identity.core.port;

import parley.domain.DeviceId;
import parley.domain.FamilyId;
import parley.domain.ParticipantId;

/// Tells every node that tokens count no more. When a method returns, it is written; telling again
/// does no harm.
public interface RevocationLog {
  void revoke(FamilyId family);

  void revoke(ParticipantId participant);

  void revoke(DeviceId device);
}
