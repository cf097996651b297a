package parley.local.story;

import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import parley.client.call.Face;
import parley.client.search.Match;
import parley.client.search.SearchEvent;
import parley.proto.match.v1.FindPeerRequest;
import parley.proto.match.v1.FindPeerResponse;
import parley.proto.match.v1.MatchServiceGrpc;
import parley.proto.match.v1.Matched;
import parley.proto.session.v1.Channel;
import parley.proto.session.v1.ClientFrame;
import parley.proto.session.v1.Enter;
import parley.proto.session.v1.OpenRequest;
import parley.proto.session.v1.ServerFrame;
import parley.proto.session.v1.SessionServiceGrpc;
import parley.testing.Eventually;

/// Somebody who came alone, without the client library: sees each frame as it is.
final class Lone implements AutoCloseable {
  private final Visitor visitor;
  private final Person person;
  private final Heard<ServerFrame> frames = new Heard<>();
  private final Heard<FindPeerResponse> found = new Heard<>();

  private Lone(Visitor visitor, Person person) {
    this.visitor = visitor;
    this.person = person;
  }

  static Lone at(String door, Face face, Person person) {
    return new Lone(Visitor.at(door, face), person);
  }

  void enter(Match match) {
    Enter enter =
        Enter.newBuilder().setSessionId(match.sessionId()).setGrant(match.grant()).build();
    var stub =
        SessionServiceGrpc.newStub(visitor.channel())
            .withInterceptors(
                MetadataUtils.newAttachHeadersInterceptor(
                    headers(Map.of("x-parley-session", match.sessionId()))));
    switch (visitor.face()) {
      case NATIVE ->
          stub.converse(new Listener<>(frames))
              .onNext(ClientFrame.newBuilder().setEnter(enter).build());
      case WEB ->
          stub.open(OpenRequest.newBuilder().setEnter(enter).build(), new Listener<>(frames));
    }
  }

  ServerFrame awaitEnd() {
    return frames.await("the stream ended", ServerFrame.class, ServerFrame::hasEnd);
  }

  /// Tickets that the inbox told of before the end.
  List<String> tickets() {
    return frames.all().stream()
        .takeWhile(frame -> !frame.hasEnd())
        .filter(frame -> frame.getChannel() == Channel.CHANNEL_INBOX)
        .flatMap(frame -> frame.getEnvelopesList().stream())
        .map(envelope -> envelope.getNotice().getPeerNeverCame().getTicketId())
        .toList();
  }

  /// The ticket of the search that led here.
  String ticket() {
    return person.searched().all(SearchEvent.Accepted.class).getFirst().ticket().getTicketId();
  }

  /// What the inbox's ticket is answered with.
  String takeUpTicket() {
    MatchServiceGrpc.newStub(visitor.channel())
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers(Map.of())))
        .findPeer(
            FindPeerRequest.newBuilder().setTicketId(tickets().getFirst()).build(),
            new Listener<>(found));
    Eventually.holds(
        "the ticket is answered", () -> found.all().stream().anyMatch(it -> !it.hasAccepted()));
    return found.all().stream()
        .filter(it -> !it.hasAccepted())
        .findFirst()
        .orElseThrow()
        .getEventCase()
        .name();
  }

  Matched awaitMatch() {
    return found
        .await("somebody was found", FindPeerResponse.class, FindPeerResponse::hasMatched)
        .getMatched();
  }

  @Override
  public void close() {
    visitor.close();
  }

  private Metadata headers(Map<String, String> more) {
    Metadata headers = new Metadata();
    headers.put(key("authorization"), "Bearer " + person.identity().accessToken().text());
    more.forEach((name, value) -> headers.put(key(name), value));
    return headers;
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  private record Listener<E>(Heard<E> heard) implements StreamObserver<E> {
    @Override
    public void onNext(E event) {
      heard.add(event);
    }

    @Override
    public void onError(Throwable cut) {}

    @Override
    public void onCompleted() {}
  }
}
