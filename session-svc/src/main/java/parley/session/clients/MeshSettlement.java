package parley.session.clients;

import io.grpc.Channel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import parley.domain.Cohort;
import parley.domain.SessionId;
import parley.platform.discovery.MeshChannels;
import parley.platform.discovery.NodeDirectory;
import parley.platform.discovery.ServiceName;
import parley.platform.grpc.Correlation;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.RedisConfig;
import parley.proto.match.v1.SettleRequest;
import parley.proto.match.v1.SettlementServiceGrpc;
import parley.session.core.MatchOutcome;
import parley.session.core.port.Settlement;

/// Calls match-svc's Settle over the mesh.
public final class MeshSettlement implements Settlement, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MeshSettlement.class);
  private static final Duration DEADLINE = Duration.ofSeconds(2);

  private final Lifecycle lifecycle;
  private final SettlementServiceGrpc.SettlementServiceBlockingStub match;

  private MeshSettlement(Lifecycle lifecycle, Channel match) {
    this.lifecycle = lifecycle;
    this.match = SettlementServiceGrpc.newBlockingStub(match);
  }

  /// Over match-svc's nodes as the directory names them.
  public static MeshSettlement open(RedisConfig redis, NodeContext context) {
    Lifecycle lifecycle = new Lifecycle();
    NodeDirectory directory = lifecycle.own(NodeDirectory.over(redis));
    MeshChannels mesh = lifecycle.own(MeshChannels.over(directory, context));
    return new MeshSettlement(lifecycle, mesh.channel(ServiceName.MATCH));
  }

  @Override
  public boolean settle(MatchOutcome outcome) {
    SettleRequest request =
        SettleRequest.newBuilder()
            .setSessionId(outcome.session().text())
            .addAllEntered(outcome.entered())
            .setCohort(cohort(outcome.about().cohort()))
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

  @Override
  public void close() {
    lifecycle.close();
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
    Metadata headers = new Metadata();
    headers.put(Correlation.HEADER, outcome.about().match().text());
    return match
        .withDeadlineAfter(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private static parley.proto.domain.v1.Cohort cohort(Cohort cohort) {
    return switch (cohort) {
      case FROM_13 -> parley.proto.domain.v1.Cohort.COHORT_13_15;
      case FROM_16 -> parley.proto.domain.v1.Cohort.COHORT_16_17;
      case ADULT -> parley.proto.domain.v1.Cohort.COHORT_ADULT;
    };
  }
}
