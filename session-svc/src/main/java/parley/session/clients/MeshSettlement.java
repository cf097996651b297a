package parley.session.clients;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import parley.domain.SessionId;
import parley.platform.discovery.MeshChannels;
import parley.platform.discovery.ServiceName;
import parley.platform.grpc.Correlation;
import parley.platform.grpc.DomainWords;
import parley.proto.match.v1.SettleRequest;
import parley.proto.match.v1.SettlementServiceGrpc;
import parley.session.core.MatchOutcome;
import parley.session.core.port.Settlement;

/// Calls match-svc's Settle over the mesh.
public final class MeshSettlement implements Settlement {
  private static final Logger LOG = LoggerFactory.getLogger(MeshSettlement.class);
  private static final Duration DEADLINE = Duration.ofSeconds(2);

  private final SettlementServiceGrpc.SettlementServiceBlockingStub match;

  /// Over match-svc's nodes as the mesh knows them.
  public MeshSettlement(MeshChannels mesh) {
    this.match = SettlementServiceGrpc.newBlockingStub(mesh.channel(ServiceName.MATCH));
  }

  @Override
  public boolean settle(MatchOutcome outcome) {
    SettleRequest request =
        SettleRequest.newBuilder()
            .setSessionId(outcome.session().text())
            .addAllEntered(outcome.entered())
            .setCohort(DomainWords.write(outcome.about().cohort()))
            .build();
    try {
      var _ = stub(outcome).settle(request);
      return true;
    } catch (StatusRuntimeException failed) {
      return isHopeless(outcome, failed.getStatus().getCode());
    }
  }

  @Override
  public void unreadable(SessionId session) {
    LOG.atError().addKeyValue("session", session).log("settle entry says nothing, dropped");
  }

  /// What match-svc does not even read will not be read later.
  private static boolean isHopeless(MatchOutcome outcome, Status.Code code) {
    boolean hopeless = code == Status.Code.INVALID_ARGUMENT;
    LOG.atLevel(hopeless ? Level.ERROR : Level.WARN)
        .addKeyValue("session", outcome.session())
        .addKeyValue("match", outcome.about().match())
        .log("settle failed: {}", code);
    return hopeless;
  }

  private SettlementServiceGrpc.SettlementServiceBlockingStub stub(MatchOutcome outcome) {
    return match
        .withDeadlineAfter(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
        .withInterceptors(Correlation.attach(outcome.about().match()));
  }
}
