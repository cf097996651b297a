package parley.identity.api;

import io.grpc.stub.StreamObserver;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.domain.DeviceId;
import parley.domain.ParticipantId;
import parley.identity.core.Banning;
import parley.platform.grpc.Correlation;
import parley.platform.grpc.Failures;
import parley.platform.grpc.ProtoTimes;
import parley.platform.grpc.UnaryCalls;
import parley.platform.lifecycle.NodeContext;
import parley.proto.identity.v1.BanRequest;
import parley.proto.identity.v1.BanResponse;
import parley.proto.identity.v1.IdentityOpsServiceGrpc;

/// Answers `IdentityOpsService`, on the admin port alone.
public final class IdentityOpsApi extends IdentityOpsServiceGrpc.IdentityOpsServiceImplBase {
  private static final Logger LOG = LoggerFactory.getLogger(IdentityOpsApi.class);

  private final Banning banning;
  private final Duration defaultLasts;
  private final UnaryCalls calls;
  private final IdentityMeters meters;

  public IdentityOpsApi(
      Banning banning, Duration defaultLasts, UnaryCalls calls, NodeContext context) {
    this.banning = banning;
    this.defaultLasts = defaultLasts;
    this.calls = calls;
    this.meters = new IdentityMeters(context.meters());
  }

  @Override
  public void ban(BanRequest request, StreamObserver<BanResponse> caller) {
    calls.answer(caller, () -> ban(request));
  }

  private BanResponse ban(BanRequest request) {
    Duration lasts = request.hasLasts() ? ProtoTimes.read(request.getLasts()) : defaultLasts;
    switch (request.getSubjectCase()) {
      case PARTICIPANT_ID -> banning.ban(participant(request), lasts);
      case DEVICE_ID -> banning.ban(device(request), lasts);
      case SUBJECT_NOT_SET -> throw Failures.invalid("subject", "is missing", "one of the two ids");
    }
    String kind = request.hasDeviceId() ? "device" : "participant";
    meters.banned(kind);
    LOG.atInfo()
        .addKeyValue(
            kind, request.hasDeviceId() ? request.getDeviceId() : request.getParticipantId())
        .addKeyValue("lasts", lasts)
        .addKeyValue("reason", request.getReason())
        .addKeyValue("correlation", Correlation.current())
        .log("banned");
    return BanResponse.getDefaultInstance();
  }

  private static ParticipantId participant(BanRequest request) {
    try {
      return new ParticipantId(request.getParticipantId());
    } catch (IllegalArgumentException wrong) {
      throw notAnId("participant_id");
    }
  }

  private static DeviceId device(BanRequest request) {
    try {
      return new DeviceId(request.getDeviceId());
    } catch (IllegalArgumentException wrong) {
      throw notAnId("device_id");
    }
  }

  private static RuntimeException notAnId(String field) {
    return Failures.invalid(field, "is not an id", "8 bytes as base64url, 11 characters");
  }
}
