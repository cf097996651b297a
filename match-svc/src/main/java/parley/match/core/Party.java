package parley.match.core;

import org.jspecify.annotations.Nullable;
import parley.domain.DeviceId;
import parley.domain.ParticipantId;

/// One of two who must not be paired. A device is refused as well, so that a new guest on it is the
/// same person; absent if none is known.
public record Party(ParticipantId participant, @Nullable DeviceId device) {}
