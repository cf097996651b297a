package parley.identity.api;

import io.grpc.stub.StreamObserver;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.domain.ParticipantId;
import parley.identity.core.AiTokens;
import parley.platform.grpc.Correlation;
import parley.platform.grpc.DomainWords;
import parley.platform.grpc.ProtoTimes;
import parley.platform.grpc.UnaryCalls;
import parley.platform.lifecycle.NodeContext;
import parley.proto.identity.v1.AiTokenServiceGrpc;
import parley.proto.identity.v1.IssueAiTokenRequest;
import parley.proto.identity.v1.IssueAiTokenResponse;

/// Answers `AiTokenService`, on the mesh alone.
public final class AiTokenApi extends AiTokenServiceGrpc.AiTokenServiceImplBase {
  private static final Logger LOG = LoggerFactory.getLogger(AiTokenApi.class);

  private final AiTokens tokens;
  private final Duration life;
  private final UnaryCalls calls;
  private final IdentityMeters meters;

  /// @param life of each token
  public AiTokenApi(AiTokens tokens, Duration life, UnaryCalls calls, NodeContext context) {
    this.tokens = tokens;
    this.life = life;
    this.calls = calls;
    this.meters = new IdentityMeters(context.meters());
  }

  @Override
  public void issueAiToken(
      IssueAiTokenRequest request, StreamObserver<IssueAiTokenResponse> caller) {
    calls.answer(caller, () -> issue(request));
  }

  private IssueAiTokenResponse issue(IssueAiTokenRequest request) {
    ParticipantId peer = ParticipantId.of(request.getParticipantId().toByteArray());
    String token = tokens.issue(peer, DomainWords.read(request.getCohort()), life);
    meters.aiTokenIssued();
    LOG.atDebug()
        .addKeyValue("participant", peer)
        .addKeyValue("correlation", Correlation.current())
        .log("token of an AI peer issued");
    return IssueAiTokenResponse.newBuilder()
        .setAccessToken(token)
        .setExpiresIn(ProtoTimes.write(life))
        .build();
  }
}
