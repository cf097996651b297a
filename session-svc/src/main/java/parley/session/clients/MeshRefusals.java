package parley.session.clients;

import com.google.protobuf.ByteString;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.domain.Cohort;
import parley.platform.discovery.MeshChannels;
import parley.platform.discovery.ServiceName;
import parley.platform.grpc.Correlation;
import parley.platform.grpc.DomainWords;
import parley.proto.match.v1.RefusalServiceGrpc;
import parley.proto.match.v1.RefuseRequest;
import parley.proto.match.v1.RefusedParty;
import parley.relay.Who;
import parley.session.core.port.Refusals;

/// Calls match-svc's Refuse over the mesh; at another node of it if one does not answer.
public final class MeshRefusals implements Refusals {
  private static final Logger LOG = LoggerFactory.getLogger(MeshRefusals.class);
  private static final Duration DEADLINE = Duration.ofSeconds(1);
  private static final int TRIES = 3;

  private final RefusalServiceGrpc.RefusalServiceBlockingStub match;

  /// Over match-svc's nodes as the mesh knows them.
  public MeshRefusals(MeshChannels mesh) {
    this.match = RefusalServiceGrpc.newBlockingStub(mesh.channel(ServiceName.MATCH));
  }

  @Override
  public boolean refuse(Cohort cohort, Who by, Who whom) {
    RefuseRequest request =
        RefuseRequest.newBuilder()
            .setCohort(DomainWords.write(cohort))
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

  private RefusalServiceGrpc.RefusalServiceBlockingStub stub() {
    return match
        .withWaitForReady()
        .withDeadlineAfter(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
        .withInterceptors(Correlation.attach(Correlation.current()));
  }

  private static RefusedParty party(Who who) {
    return RefusedParty.newBuilder()
        .setParticipantId(ByteString.copyFrom(who.participant().bytes()))
        .setDeviceId(ByteString.copyFrom(who.device().bytes()))
        .build();
  }
}
