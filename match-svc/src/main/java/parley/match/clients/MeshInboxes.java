package parley.match.clients;

import com.google.protobuf.ByteString;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import parley.domain.ParticipantId;
import parley.domain.SessionId;
import parley.match.core.TicketId;
import parley.match.core.port.Inboxes;
import parley.match.core.port.PoolUnavailable;
import parley.platform.discovery.MeshChannels;
import parley.platform.discovery.NodeDirectory;
import parley.platform.discovery.ServiceName;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.RedisConfig;
import parley.proto.session.v1.DeliverRequest;
import parley.proto.session.v1.InboxNotice;
import parley.proto.session.v1.InboxServiceGrpc;
import parley.proto.session.v1.PeerNeverCame;

/// Calls session-svc's Deliver. The delivery's id is the match's, so that repeating tells once; who
/// settles repeats until it is answered.
public final class MeshInboxes implements Inboxes, AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(2);

  private final Lifecycle lifecycle;
  private final InboxServiceGrpc.InboxServiceBlockingStub session;

  private MeshInboxes(Lifecycle lifecycle, Channel session) {
    this.lifecycle = lifecycle;
    this.session = InboxServiceGrpc.newBlockingStub(session);
  }

  /// Over session-svc's nodes as the directory names them.
  public static MeshInboxes open(RedisConfig redis, NodeContext context) {
    Lifecycle lifecycle = new Lifecycle();
    NodeDirectory directory = lifecycle.own(NodeDirectory.over(redis));
    MeshChannels mesh = lifecycle.own(MeshChannels.over(directory, context));
    return new MeshInboxes(lifecycle, mesh.channel(ServiceName.SESSION));
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

  @Override
  public void close() {
    lifecycle.close();
  }
}
