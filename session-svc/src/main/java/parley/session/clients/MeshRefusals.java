package parley.session.clients;

import com.google.protobuf.ByteString;
import io.grpc.Channel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
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
import parley.proto.match.v1.RefusalServiceGrpc;
import parley.proto.match.v1.RefuseRequest;
import parley.proto.match.v1.RefusedParty;
import parley.relay.Who;
import parley.session.core.port.Refusals;

/// Calls match-svc's Refuse over the mesh; at another node of it if one does not answer.
public final class MeshRefusals implements Refusals, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MeshRefusals.class);
  private static final Duration DEADLINE = Duration.ofSeconds(1);
  private static final int TRIES = 3;

  private final Lifecycle lifecycle;
  private final RefusalServiceGrpc.RefusalServiceBlockingStub match;

  private MeshRefusals(Lifecycle lifecycle, Channel match) {
    this.lifecycle = lifecycle;
    this.match = RefusalServiceGrpc.newBlockingStub(match);
  }

  /// Over match-svc's nodes as the directory names them.
  public static MeshRefusals open(RedisConfig redis, NodeContext context) {
    Lifecycle lifecycle = new Lifecycle();
    NodeDirectory directory = lifecycle.own(NodeDirectory.over(redis));
    MeshChannels mesh = lifecycle.own(MeshChannels.over(directory, context));
    return new MeshRefusals(lifecycle, mesh.channel(ServiceName.MATCH));
  }

  @Override
  public boolean refuse(Cohort cohort, Who by, Who whom) {
    RefuseRequest request =
        RefuseRequest.newBuilder()
            .setCohort(cohort(cohort))
            .setBy(party(by))
            .setWhom(party(whom))
            .build();
    for (int tried = 1; tried <= TRIES; tried++) {
      try {
        return stub().refuse(request).hasRefused();
      } catch (StatusRuntimeException failed) {
        LOG.atWarn()
            .addKeyValue("correlation", Correlation.current())
            .log("refuse failed, try {} of {}: {}", tried, TRIES, failed.getStatus().getCode());
      }
    }
    return false;
  }

  @Override
  public void close() {
    lifecycle.close();
  }

  private RefusalServiceGrpc.RefusalServiceBlockingStub stub() {
    Metadata headers = new Metadata();
    headers.put(Correlation.HEADER, Correlation.current().text());
    return match
        .withWaitForReady()
        .withDeadlineAfter(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private static RefusedParty party(Who who) {
    return RefusedParty.newBuilder()
        .setParticipantId(ByteString.copyFrom(who.participant().bytes()))
        .setDeviceId(ByteString.copyFrom(who.device().bytes()))
        .build();
  }

  private static parley.proto.domain.v1.Cohort cohort(Cohort cohort) {
    return switch (cohort) {
      case FROM_13 -> parley.proto.domain.v1.Cohort.COHORT_13_15;
      case FROM_16 -> parley.proto.domain.v1.Cohort.COHORT_16_17;
      case ADULT -> parley.proto.domain.v1.Cohort.COHORT_ADULT;
    };
  }
}
