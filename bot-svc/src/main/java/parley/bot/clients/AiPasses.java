package parley.bot.clients;

import com.google.protobuf.ByteString;
import java.util.concurrent.TimeUnit;
import parley.domain.Cohort;
import parley.domain.CorrelationId;
import parley.domain.ParticipantId;
import parley.platform.discovery.MeshChannels;
import parley.platform.discovery.ServiceName;
import parley.platform.grpc.Correlation;
import parley.platform.grpc.DomainWords;
import parley.proto.identity.v1.AiTokenServiceGrpc;
import parley.proto.identity.v1.IssueAiTokenRequest;

/// Asks identity-svc for an AI peer's access tokens.
final class AiPasses {
  private static final int DEADLINE_SECONDS = 3;

  private final MeshChannels mesh;

  AiPasses(MeshChannels mesh) {
    this.mesh = mesh;
  }

  /// A token that is good now. Blocks.
  ///
  /// @throws io.grpc.StatusRuntimeException if there is none just now
  String issue(ParticipantId peer, Cohort cohort, CorrelationId correlation) {
    return AiTokenServiceGrpc.newBlockingStub(mesh.channel(ServiceName.IDENTITY))
        .withInterceptors(Correlation.attach(correlation))
        .withWaitForReady()
        .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
        .issueAiToken(
            IssueAiTokenRequest.newBuilder()
                .setParticipantId(ByteString.copyFrom(peer.bytes()))
                .setCohort(DomainWords.write(cohort))
                .build())
        .getAccessToken();
  }
}
