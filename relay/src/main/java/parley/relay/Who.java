package parley.relay;

import parley.domain.DeviceId;
import parley.domain.ParticipantId;

/// Who a member is. Kept with the session from entry on; never told to another member.
public record Who(ParticipantId participant, DeviceId device) {}
