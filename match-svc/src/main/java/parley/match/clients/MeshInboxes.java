package parley.match.clients;

import com.google.protobuf.ByteString;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import parley.domain.ParticipantId;
import parley.domain.SessionId;
import parley.match.core.TicketId;
import parley.match.core.port.Inboxes;
import parley.match.core.port.PoolUnavailable;
import parley.platform.discovery.MeshChannels;
import parley.platform.discovery.ServiceName;
import parley.proto.session.v1.DeliverRequest;
import parley.proto.session.v1.InboxNotice;
import parley.proto.session.v1.InboxServiceGrpc;
import parley.proto.session.v1.PeerNeverCame;

/// Calls session-svc's Deliver. The delivery's id is the match's, so that repeating tells once; who
/// settles repeats until it is answered.
public final class MeshInboxes implements Inboxes {
  private static final Duration DEADLINE = Duration.ofSeconds(2);

  private final InboxServiceGrpc.InboxServiceBlockingStub session;

  /// Over session-svc's nodes as the mesh knows them.
  public MeshInboxes(MeshChannels mesh) {
    this.session = InboxServiceGrpc.newBlockingStub(mesh.channel(ServiceName.SESSION));
  }

  @Override
  public void peerNeverCame(ParticipantId who, TicketId ticket, SessionId match) {
    PeerNeverCame news = PeerNeverCame.newBuilder().setTicketId(ticket.text()).build();
    DeliverRequest request =
        DeliverRequest.newBuilder()
            .setParticipantId(ByteString.copyFrom(who.bytes()))
            .setDeliveryId("never-came-" + match.text())
            .setNotice(InboxNotice.newBuilder().setPeerNeverCame(news))
            .build();
    try {
      var _ =
          session
              .withWaitForReady()
              .withDeadlineAfter(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
              .deliver(request);
    } catch (StatusRuntimeException failed) {
      throw new PoolUnavailable("inbox of " + who + " was not told", failed);
    }
  }
}
