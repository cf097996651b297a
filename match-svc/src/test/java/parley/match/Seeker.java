package parley.match;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.MetadataUtils;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import parley.platform.config.HostPort;
import parley.proto.match.v1.Criteria;
import parley.proto.match.v1.FindPeerRequest;
import parley.proto.match.v1.FindPeerResponse;
import parley.proto.match.v1.MatchServiceGrpc;
import parley.proto.match.v1.MatchServiceGrpc.MatchServiceBlockingStub;
import parley.proto.match.v1.Matched;
import parley.proto.match.v1.NewTicket;
import parley.testing.Eventually;

/// One person's calls to one node, over a socket.
final class Seeker implements AutoCloseable {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final ManagedChannel channel;
  private final Metadata headers = new Metadata();

  Seeker(String token, HostPort node) {
    headers.put(AUTHORIZATION, "Bearer " + token);
    channel = NettyChannelBuilder.forAddress(node.host(), node.port()).usePlaintext().build();
  }

  MatchServiceBlockingStub calls() {
    return MatchServiceGrpc.newBlockingStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  Finding find(String request, Criteria criteria) {
    return start(
        FindPeerRequest.newBuilder()
            .setNewTicket(NewTicket.newBuilder().setRequestId(request).setCriteria(criteria))
            .build());
  }

  Finding takeUp(String ticket) {
    return start(FindPeerRequest.newBuilder().setTicketId(ticket).build());
  }

  private Finding start(FindPeerRequest request) {
    Finding finding = new Finding();
    MatchServiceGrpc.newStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
        .findPeer(request, finding);
    return finding;
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  /// One call of FindPeer and what came of it.
  static final class Finding implements ClientResponseObserver<FindPeerRequest, FindPeerResponse> {
    private final List<FindPeerResponse> events = new CopyOnWriteArrayList<>();
    private volatile @Nullable Status end;
    private volatile @Nullable ClientCallStreamObserver<FindPeerRequest> call;

    /// The first event of that kind; waits for it.
    FindPeerResponse await(String sentence, Predicate<FindPeerResponse> kind) {
      Eventually.holds(sentence, () -> events.stream().anyMatch(kind));
      return events.stream().filter(kind).findFirst().orElseThrow();
    }

    String ticket() {
      return await("the ticket is accepted", FindPeerResponse::hasAccepted)
          .getAccepted()
          .getTicketId();
    }

    Matched matched() {
      return await("the ticket is matched", FindPeerResponse::hasMatched).getMatched();
    }

    List<FindPeerResponse> events() {
      return events;
    }

    /// How the call ended; waits for it.
    Status ended() {
      Eventually.holds("the stream has ended", () -> end != null);
      return end;
    }

    /// How the call ended; null while it lasts.
    @Nullable Status end() {
      return end;
    }

    void hangUp() {
      call.cancel("closed tab", null);
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<FindPeerRequest> started) {
      call = started;
    }

    @Override
    public void onNext(FindPeerResponse event) {
      events.add(event);
    }

    @Override
    public void onError(Throwable why) {
      end = Status.fromThrowable(why);
    }

    @Override
    public void onCompleted() {
      end = Status.OK;
    }
  }
}
