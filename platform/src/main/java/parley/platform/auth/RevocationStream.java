package parley.platform.auth;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.util.Optional;
import parley.domain.DeviceId;
import parley.domain.FamilyId;
import parley.domain.ParticipantId;
import parley.platform.redis.RedisConfig;

/// How revocations stand in Redis: a stream that identity-svc appends to and every node reads
/// whole. Each entry has one field.
public final class RevocationStream {
  /// The one field of an entry.
  public static final String FIELD = "r";

  /// How long an entry is kept and matters. No access token lives longer, and no ban is shorter.
  public static final Duration KEPT = Duration.ofHours(1);

  private RevocationStream() {}

  public static String key(RedisConfig redis) {
    return redis.prefix() + "revocations";
  }

  /// The field's value.
  public static byte[] write(Revocation revocation) {
    var stored = parley.proto.storage.identity.v1.Revocation.newBuilder();
    revocation.family().ifPresent(id -> stored.setFamilyId(ByteString.copyFrom(id.bytes())));
    revocation
        .participant()
        .ifPresent(id -> stored.setParticipantId(ByteString.copyFrom(id.bytes())));
    revocation.device().ifPresent(id -> stored.setDeviceId(ByteString.copyFrom(id.bytes())));
    return stored.build().toByteArray();
  }

  /// What a field's value says; empty if it is of a kind that this build does not know.
  static Optional<Revocation> read(byte[] value) {
    try {
      var stored = parley.proto.storage.identity.v1.Revocation.parseFrom(value);
      return switch (stored.getSubjectCase()) {
        case FAMILY_ID ->
            Optional.of(Revocation.of(FamilyId.of(stored.getFamilyId().toByteArray())));
        case PARTICIPANT_ID ->
            Optional.of(Revocation.of(ParticipantId.of(stored.getParticipantId().toByteArray())));
        case DEVICE_ID ->
            Optional.of(Revocation.of(DeviceId.of(stored.getDeviceId().toByteArray())));
        case SUBJECT_NOT_SET -> Optional.empty();
      };
    } catch (InvalidProtocolBufferException | IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }
}
