package parley.session.clients;

import io.grpc.Channel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.domain.Cohort;
import parley.platform.discovery.MeshChannels;
import parley.platform.discovery.NodeDirectory;
import parley.platform.discovery.ServiceName;
import parley.platform.grpc.Correlation;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.RedisConfig;
import parley.proto.match.v1.SettleRequest;
import parley.proto.match.v1.SettlementServiceGrpc;
import parley.session.core.Admission;
import parley.session.core.port.Settlement;

/// Calls match-svc's Settle over the mesh, a few times. When it stays away, match-svc lets the
/// match be over by its own clock.
public final class MeshSettlement implements Settlement, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MeshSettlement.class);
  private static final Duration DEADLINE = Duration.ofSeconds(2);
  private static final List<Duration> PAUSES =
      List.of(Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ZERO);
  private static final int AT_ONCE = 200;

  private final Lifecycle lifecycle;
  private final SettlementServiceGrpc.SettlementServiceBlockingStub match;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("settle-", 0).factory());
  private final Semaphore permits = new Semaphore(AT_ONCE);

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
  public void settle(Admission member, List<Integer> entered) {
    SettleRequest request =
        SettleRequest.newBuilder()
            .setSessionId(member.session().text())
            .addAllEntered(entered)
            .setCohort(cohort(member.cohort()))
            .build();
    if (!permits.tryAcquire()) {
      LOG.atWarn().addKeyValue("session", member.session()).log("settle left out: too many");
      return;
    }
    threads.execute(
        () -> {
          try {
            settle(member, request);
          } finally {
            permits.release();
          }
        });
  }

  @Override
  public void close() {
    threads.shutdownNow();
    lifecycle.close();
  }

  private void settle(Admission member, SettleRequest request) {
    for (Duration pause : PAUSES) {
      try {
        var _ = stub(member).settle(request);
        return;
      } catch (StatusRuntimeException failed) {
        LOG.atWarn()
            .addKeyValue("session", member.session())
            .addKeyValue("match", member.match())
            .log("settle failed: {}", failed.getStatus().getCode());
      }
      try {
        Thread.sleep(pause);
      } catch (InterruptedException closed) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private SettlementServiceGrpc.SettlementServiceBlockingStub stub(Admission member) {
    Metadata headers = new Metadata();
    headers.put(Correlation.HEADER, member.match().text());
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
