package parley.relay.redis;

import java.nio.ByteBuffer;
import parley.domain.DeviceId;
import parley.domain.ParticipantId;
import parley.relay.Who;

/// Who a member is, as 16 bytes: participant and device.
final class StoredWho {
  private static final int ID_BYTES = 8;

  private StoredWho() {}

  static byte[] write(Who who) {
    return ByteBuffer.allocate(2 * ID_BYTES)
        .put(who.participant().bytes())
        .put(who.device().bytes())
        .array();
  }

  /// Takes 16 bytes.
  static Who read(ByteBuffer from) {
    return new Who(ParticipantId.of(id(from)), DeviceId.of(id(from)));
  }

  private static byte[] id(ByteBuffer from) {
    byte[] id = new byte[ID_BYTES];
    from.get(id);
    return id;
  }
}
