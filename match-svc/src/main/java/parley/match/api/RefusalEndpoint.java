package parley.match.api;

import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import parley.domain.Cohort;
import parley.domain.DeviceId;
import parley.domain.ParticipantId;
import parley.match.core.Party;
import parley.match.core.Refusals;
import parley.platform.grpc.DomainWords;
import parley.platform.grpc.Failures;
import parley.platform.grpc.UnaryCalls;
import parley.proto.match.v1.RefusalServiceGrpc.RefusalServiceImplBase;
import parley.proto.match.v1.RefuseRequest;
import parley.proto.match.v1.RefuseResponse;
import parley.proto.match.v1.Refused;
import parley.proto.match.v1.RefusedParty;

/// Who must not be paired again, on the mesh port.
public final class RefusalEndpoint extends RefusalServiceImplBase {
  private static final int DEVICE_BYTES = 8;

  private final Refusals refusals;
  private final UnaryCalls calls;

  public RefusalEndpoint(Refusals refusals, UnaryCalls calls) {
    this.refusals = refusals;
    this.calls = calls;
  }

  @Override
  public void refuse(RefuseRequest request, StreamObserver<RefuseResponse> caller) {
    Cohort cohort = DomainWords.read(request.getCohort());
    Party by = party("by", request.getBy());
    Party whom = party("whom", request.getWhom());
    calls.answer(
        caller,
        () ->
            EndingFailures.calling(
                () -> {
                  refusals.refuse(cohort, by, whom);
                  return RefuseResponse.newBuilder()
                      .setRefused(Refused.getDefaultInstance())
                      .build();
                }));
  }

  private static Party party(String field, RefusedParty party) {
    ByteString device = party.getDeviceId();
    if (!device.isEmpty() && device.size() != DEVICE_BYTES) {
      throw Failures.invalid(
          field + ".device_id", device.size() + " bytes", "none or " + DEVICE_BYTES);
    }
    return new Party(
        ParticipantId.of(party.getParticipantId().toByteArray()),
        device.isEmpty() ? null : DeviceId.of(device.toByteArray()));
  }
}
