package parley.match.clients;

import com.google.protobuf.ByteString;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.domain.NodeId;
import parley.domain.ParticipantId;
import parley.match.core.AiMatch;
import parley.match.core.AiPeer;
import parley.match.core.Companion;
import parley.match.core.Language;
import parley.match.core.Tag;
import parley.match.core.Ticket;
import parley.match.core.TicketId;
import parley.match.core.port.AiPeers;
import parley.platform.discovery.MeshChannels;
import parley.platform.discovery.RegisteredNode;
import parley.platform.discovery.ServiceName;
import parley.platform.grpc.Correlation;
import parley.platform.grpc.DomainWords;
import parley.platform.grpc.ProtoTimes;
import parley.proto.bot.v1.BotServiceGrpc;
import parley.proto.bot.v1.BotServiceGrpc.BotServiceBlockingStub;
import parley.proto.bot.v1.InviteRequest;
import parley.proto.bot.v1.ReserveRequest;
import parley.proto.bot.v1.ReserveResponse;
import parley.proto.bot.v1.Reserved;
import parley.proto.bot.v1.StepAsideRequest;

/// Calls bot-svc: to reserve, nodes that say they have places first, in turn; and the one that
/// reserved from then on.
public final class MeshAiPeers implements AiPeers {
  private static final Logger LOG = LoggerFactory.getLogger(MeshAiPeers.class);
  private static final Duration DEADLINE = Duration.ofSeconds(1);
  private static final int TRIES = 2;

  private final MeshChannels mesh;
  private final Function<AiMatch, ByteString> grants;
  private final AtomicInteger turns = new AtomicInteger();

  /// @param grants seals the grant of a match
  public MeshAiPeers(MeshChannels mesh, Function<AiMatch, ByteString> grants) {
    this.mesh = mesh;
    this.grants = grants;
  }

  @Override
  public Reservation reserve(TicketId ticket) {
    ReserveRequest request = ReserveRequest.newBuilder().setTicketId(ticket.text()).build();
    Reservation last = new Reservation.Away();
    List<RegisteredNode> nodes = inOrder();
    int tries = nodes.isEmpty() ? 0 : TRIES;
    for (int i = 0; i < tries && !(last instanceof Reservation.Reserved); i++) {
      last = reserveAt(nodes.get(i % nodes.size()).node(), request);
    }
    return last;
  }

  /// What the leases say is some seconds old: who says they are full is asked last, but asked.
  private List<RegisteredNode> inOrder() {
    List<RegisteredNode> nodes = mesh.nodes(ServiceName.BOT);
    int turn = turns.getAndIncrement();
    List<RegisteredNode> ordered =
        turned(nodes.stream().filter(node -> !node.room().isFull()), turn);
    ordered.addAll(turned(nodes.stream().filter(node -> node.room().isFull()), turn));
    return ordered;
  }

  private static List<RegisteredNode> turned(Stream<RegisteredNode> nodes, int turn) {
    List<RegisteredNode> turned = new ArrayList<>(nodes.toList());
    Collections.rotate(turned, -turn);
    return turned;
  }

  private Reservation reserveAt(NodeId node, ReserveRequest request) {
    try {
      ReserveResponse response = stub(mesh.channel(ServiceName.BOT, node)).reserve(request);
      return switch (response.getOutcomeCase()) {
        case RESERVED -> new Reservation.Reserved(peer(response.getReserved()));
        case FULL -> new Reservation.Full();
        case REFUSES, OUTCOME_NOT_SET -> new Reservation.Refused();
      };
    } catch (StatusRuntimeException | IllegalArgumentException failed) {
      LOG.atDebug().setCause(failed).log("no AI peer was reserved");
      return new Reservation.Away();
    }
  }

  private static AiPeer peer(Reserved reserved) {
    return new AiPeer(
        ParticipantId.of(reserved.getParticipantId().toByteArray()),
        new NodeId(reserved.getNodeId()),
        reserved.getReservationId(),
        DomainWords.read(reserved.getTalker()),
        reserved.getProvider());
  }

  @Override
  public Invitation invite(AiMatch match) {
    Ticket person = match.person().ticket();
    Duration within = Duration.between(match.matchedAt(), match.enterBy());
    InviteRequest request =
        InviteRequest.newBuilder()
            .setReservationId(match.peer().reservation())
            .setSessionId(match.session().text())
            .setGrant(grants.apply(match))
            .setEnterWithin(ProtoTimes.write(within))
            .addAllTags(person.criteria().tags().stream().map(Tag::text).toList())
            .addAllLanguages(person.criteria().languages().stream().map(Language::code).toList())
            .setCohort(DomainWords.write(person.cohort()))
            .setDeviceId(ByteString.copyFrom(person.device().bytes()))
            .build();
    try {
      return stub(mesh.channel(ServiceName.BOT, match.peer().node()))
              .withInterceptors(Correlation.attach(person.correlation()))
              .invite(request)
              .hasInvited()
          ? Invitation.SENT
          : Invitation.FAILED;
    } catch (StatusRuntimeException failed) {
      LOG.atInfo().setCause(failed).log("an AI peer could not be sent");
      return Invitation.FAILED;
    }
  }

  @Override
  public void stepAside(Companion companion) {
    StepAsideRequest request =
        StepAsideRequest.newBuilder().setSessionId(companion.session().text()).build();
    try {
      var _ = stub(mesh.channel(ServiceName.BOT, companion.node())).stepAside(request);
    } catch (StatusRuntimeException failed) {
      LOG.atDebug().setCause(failed).log("an AI peer was not told to step aside");
    }
  }

  private static BotServiceBlockingStub stub(Channel channel) {
    return BotServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
  }
}
