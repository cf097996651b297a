package parley.local.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import parley.client.call.Face;
import parley.client.search.SearchEvent;
import parley.local.LocalMachine;
import parley.local.LocalNode;
import parley.local.Progress;
import parley.platform.discovery.ServiceName;
import parley.proto.domain.v1.Gender;
import parley.proto.match.v1.FindPeerRequest;
import parley.proto.match.v1.FindPeerResponse;
import parley.proto.match.v1.MatchServiceGrpc;
import parley.proto.match.v1.NewTicket;

class TicketStory {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  @Test
  void theSameRequestIdTwiceIsTheSameTicket() {
    Wishes wishes = wishes();
    try (Person person = Person.arrive(SharedMachine.door(), Face.NATIVE, wishes)) {
      ManagedChannel channel = channel(SharedMachine.door());
      try {
        Heard<FindPeerResponse> first = find(channel, person, wishes);
        String ticket = accepted(first);
        Heard<FindPeerResponse> second = find(channel, person, wishes);

        assertThat(accepted(second)).isEqualTo(ticket);
        first.await(
            "the first stream is told that it moved",
            FindPeerResponse.class,
            FindPeerResponse::hasMoved);
      } finally {
        channel.shutdownNow();
      }
    }
  }

  @Test
  void whoWaitsAtANodeThatDrainsKeepsThePlaceAtTheOther() {
    Wishes wishes = wishes();
    try (LocalMachine machine = LocalMachine.start(SharedMachine.plan(), Progress.SILENT);
        Person early = Person.arrive(machine.door(), Face.NATIVE, wishes).seekAndWait();
        Person late = Person.arrive(machine.door(), Face.WEB, wishes)) {
      String ticket =
          early.searched().await("accepted", SearchEvent.Accepted.class).ticket().getTicketId();
      for (LocalNode node : machine.nodes(ServiceName.MATCH)) {
        node.node().drain();
        machine.remove(node);
        machine.awaitKnown(machine.add(ServiceName.MATCH, "new-" + node.id()).serving());
      }
      late.seek();

      assertThat(early.found().sessionId()).isEqualTo(late.found().sessionId());
      assertThat(early.searched().all(SearchEvent.Accepted.class))
          .extracting(accepted -> accepted.ticket().getTicketId())
          .hasSizeGreaterThan(1)
          .containsOnly(ticket);
    }
  }

  @Test
  void whoTakesUpTheTicketAtTheOtherNodeKeepsTheRankAndTheOlderStreamIsToldSo() {
    Wishes man = wishes(Gender.GENDER_MAN, Gender.GENDER_WOMAN);
    LocalMachine machine = SharedMachine.get();
    List<ManagedChannel> channels = new ArrayList<>(List.of(channel(machine.door())));
    try (Person first = Person.arrive(machine.door(), Face.NATIVE, man);
        Person second = Person.arrive(machine.door(), Face.NATIVE, man);
        Person woman =
            Person.arrive(
                machine.door(),
                Face.WEB,
                new Wishes(
                    Gender.GENDER_WOMAN, List.of(Gender.GENDER_MAN), man.tags(), List.of()))) {
      Heard<FindPeerResponse> stream = find(channels.getFirst(), first, man);
      String ticket = accepted(stream);
      stream.await("in line", FindPeerResponse.class, FindPeerResponse::hasWaiting);
      second.seekAndWait();

      for (LocalNode node : machine.nodes(ServiceName.MATCH)) {
        channels.add(channel(node.serving().toString()));
        Heard<FindPeerResponse> newer = takeUp(channels.getLast(), first, ticket);
        assertThat(accepted(newer)).isEqualTo(ticket);
        stream.await("told that it moved", FindPeerResponse.class, FindPeerResponse::hasMoved);
        stream = newer;
      }
      woman.seek();

      assertThat(
              stream
                  .await("matched", FindPeerResponse.class, FindPeerResponse::hasMatched)
                  .getMatched()
                  .getSessionId())
          .as("who was first in line, although the stream came later")
          .isEqualTo(woman.found().sessionId());
      assertThat(second.searched().all(SearchEvent.Found.class)).isEmpty();
    } finally {
      channels.forEach(ManagedChannel::shutdownNow);
    }
  }

  private static ManagedChannel channel(String address) {
    return NettyChannelBuilder.forTarget(address).usePlaintext().build();
  }

  private static Wishes wishes(Gender own, Gender sought) {
    return new Wishes(own, List.of(sought), wishes().tags(), List.of());
  }

  private static Wishes wishes() {
    return Wishes.anyone("ticket-" + UUID.randomUUID().toString().substring(0, 8));
  }

  private static String accepted(Heard<FindPeerResponse> heard) {
    return heard
        .await("accepted", FindPeerResponse.class, FindPeerResponse::hasAccepted)
        .getAccepted()
        .getTicketId();
  }

  private static Heard<FindPeerResponse> find(ManagedChannel channel, Person who, Wishes wishes) {
    return find(
        channel,
        who,
        FindPeerRequest.newBuilder()
            .setNewTicket(
                NewTicket.newBuilder().setRequestId("pressed-once").setCriteria(wishes.criteria()))
            .build());
  }

  private static Heard<FindPeerResponse> takeUp(ManagedChannel channel, Person who, String ticket) {
    return find(channel, who, FindPeerRequest.newBuilder().setTicketId(ticket).build());
  }

  private static Heard<FindPeerResponse> find(
      ManagedChannel channel, Person who, FindPeerRequest request) {
    Heard<FindPeerResponse> heard = new Heard<>();
    Metadata headers = new Metadata();
    headers.put(AUTHORIZATION, "Bearer " + who.identity().accessToken().text());
    MatchServiceGrpc.newStub(
            ClientInterceptors.intercept(
                channel, MetadataUtils.newAttachHeadersInterceptor(headers)))
        .findPeer(request, new Listening(heard));
    return heard;
  }

  private record Listening(Heard<FindPeerResponse> heard)
      implements StreamObserver<FindPeerResponse> {
    @Override
    public void onNext(FindPeerResponse event) {
      heard.add(event);
    }

    @Override
    public void onError(Throwable cut) {}

    @Override
    public void onCompleted() {}
  }
}
