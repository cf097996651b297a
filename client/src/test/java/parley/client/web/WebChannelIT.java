package parley.client.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.client.fake.Awaited;
import parley.proto.match.v1.FindPeerRequest;
import parley.proto.match.v1.FindPeerResponse;
import parley.proto.match.v1.GetCurrentRequest;
import parley.proto.match.v1.GetCurrentResponse;
import parley.proto.match.v1.MatchServiceGrpc;
import parley.proto.match.v1.Nothing;
import parley.proto.match.v1.TicketAccepted;
import parley.proto.session.v1.ClientFrame;
import parley.proto.session.v1.ServerFrame;
import parley.proto.session.v1.SessionServiceGrpc;

class WebChannelIT {
  private static final String TYPE = "content-type: application/grpc-web+proto";
  private static final GetCurrentResponse ANSWER =
      GetCurrentResponse.newBuilder().setNothing(Nothing.getDefaultInstance()).build();
  private static final ByteString OK = WebBodies.trailers("grpc-status: 0\r\n");

  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
  private WebServer server;
  private WebChannel channel;
  private MatchServiceGrpc.MatchServiceBlockingStub stub;

  @BeforeEach
  void open() throws IOException {
    server = new WebServer();
    channel = WebChannel.open(server.uri());
    stub = MatchServiceGrpc.newBlockingStub(channel);
  }

  @AfterEach
  void close() throws IOException {
    channel.close();
    server.close();
    callers.close();
  }

  @Test
  void aUnaryCallIsAPostOfOneFrameWithItsMetadata() throws Exception {
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of("x-parley-session", Metadata.ASCII_STRING_MARSHALLER), "s1");
    headers.put(Metadata.Key.of("extra-bin", Metadata.BINARY_BYTE_MARSHALLER), new byte[] {1});
    Future<GetCurrentResponse> call =
        call(
            () ->
                stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                    .withDeadlineAfter(5, TimeUnit.SECONDS)
                    .getCurrent(GetCurrentRequest.getDefaultInstance()));
    WebServer.Exchange exchange = server.next();
    assertThat(exchange.request())
        .isEqualTo("POST /parley.match.v1.MatchService/GetCurrent HTTP/1.1");
    assertThat(exchange.body().toByteArray()).containsExactly(0, 0, 0, 0, 0);
    assertThat(exchange.headers())
        .containsEntry("content-type", "application/grpc-web+proto")
        .containsEntry("x-grpc-web", "1")
        .containsEntry("x-parley-session", "s1")
        .containsEntry("extra-bin", "AQ")
        .hasEntrySatisfying("grpc-timeout", timeout -> assertThat(timeout).endsWith("m"));
    exchange.head(200, TYPE);
    exchange.chunk(WebBodies.body(ANSWER.toByteArray()).concat(OK));
    exchange.end();
    assertThat(call.get(30, TimeUnit.SECONDS)).isEqualTo(ANSWER);
  }

  @Test
  void aBodyMayComeByteByByte() throws Exception {
    Future<GetCurrentResponse> call = getCurrent();
    WebServer.Exchange exchange = server.next();
    exchange.head(200, TYPE);
    for (byte b : WebBodies.body(ANSWER.toByteArray()).concat(OK)) {
      exchange.chunk(ByteString.copyFrom(new byte[] {b}));
    }
    exchange.end();
    assertThat(call.get(30, TimeUnit.SECONDS)).isEqualTo(ANSWER);
  }

  @Test
  void aConnectionIsUsedAgain() throws Exception {
    awaitCallOn(answered());
  }

  @Test
  void messagesOfAStreamComeWhenTheyAreSent() throws Exception {
    Iterator<FindPeerResponse> stream = stub.findPeer(FindPeerRequest.getDefaultInstance());
    WebServer.Exchange exchange = server.next();
    exchange.head(200, TYPE);
    for (int i = 0; i < 3; i++) {
      FindPeerResponse sent = response();
      exchange.chunk(WebBodies.body(sent.toByteArray()));
      assertThat(call(stream::next).get(30, TimeUnit.SECONDS)).isEqualTo(sent);
    }
    exchange.chunk(OK);
    exchange.end();
    assertThat(call(stream::hasNext).get(30, TimeUnit.SECONDS)).isFalse();
  }

  @Test
  void aStatusMayComeInTheHeadersAlone() throws Exception {
    Future<GetCurrentResponse> call = getCurrent();
    WebServer.Exchange exchange = server.next();
    exchange.head(200, TYPE, "grpc-status: 16", "grpc-message: Jwt%20is%20missing");
    exchange.end();
    assertThat(fault(call).getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(fault(call).getStatus().getDescription()).isEqualTo("Jwt is missing");
  }

  @Test
  void aStatusMayComeInATrailersFrameAlone() throws Exception {
    Future<GetCurrentResponse> call = getCurrent();
    WebServer.Exchange exchange = server.next();
    exchange.head(200, TYPE);
    exchange.chunk(WebBodies.trailers("grpc-status:8\r\nretry-after: 3\r\n"));
    exchange.end();
    assertThat(fault(call).getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(
            fault(call)
                .getTrailers()
                .get(Metadata.Key.of("retry-after", Metadata.ASCII_STRING_MARSHALLER)))
        .isEqualTo("3");
  }

  @ParameterizedTest
  @CsvSource({
    "401, UNAUTHENTICATED",
    "403, PERMISSION_DENIED",
    "404, UNIMPLEMENTED",
    "429, RESOURCE_EXHAUSTED",
    "431, RESOURCE_EXHAUSTED",
    "500, INTERNAL",
    "503, UNAVAILABLE"
  })
  void anHttpErrorWithoutAStatusIsReadByItsCode(int http, Status.Code code) throws Exception {
    Future<GetCurrentResponse> call = getCurrent();
    WebServer.Exchange exchange = server.next();
    exchange.head(http, "content-type: text/html");
    exchange.page("<html>no</html>");
    assertThat(fault(call).getStatus().getCode()).isEqualTo(code);
  }

  @Test
  void aReplyThatIsNotGrpcWebIsUnknown() throws Exception {
    Future<GetCurrentResponse> call = getCurrent();
    WebServer.Exchange exchange = server.next();
    exchange.head(200, "content-type: text/html");
    exchange.page("<html>login here</html>");
    assertThat(fault(call).getStatus().getCode()).isEqualTo(Status.Code.UNKNOWN);
  }

  @Test
  void anAnswerThatEndsInsideAFrameIsACut() throws Exception {
    Future<GetCurrentResponse> call = getCurrent();
    WebServer.Exchange exchange = server.next();
    exchange.head(200, TYPE);
    exchange.chunk(WebBodies.body(ANSWER.toByteArray()).substring(0, 3));
    exchange.end();
    assertThat(fault(call).getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(fault(call).getStatus().getDescription()).contains("inside a frame");
  }

  @Test
  void anAnswerWithoutTrailersIsACut() throws Exception {
    Future<GetCurrentResponse> call = getCurrent();
    WebServer.Exchange exchange = server.next();
    exchange.head(200, TYPE);
    exchange.chunk(WebBodies.body(ANSWER.toByteArray()));
    exchange.end();
    assertThat(fault(call).getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void aConnectionThatBreaksIsACut() throws Exception {
    Future<GetCurrentResponse> call = getCurrent();
    WebServer.Exchange exchange = server.next();
    exchange.head(200, TYPE);
    exchange.chunk(WebBodies.body(ANSWER.toByteArray()));
    exchange.socket().close();
    assertThat(fault(call).getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void aServerThatIsNotThereIsUnavailable() throws Exception {
    server.close();
    assertThat(fault(getCurrent()).getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void aCallThatIsNotAnsweredInTimeEndsAndClosesItsConnection() throws Exception {
    Future<GetCurrentResponse> call =
        call(
            () ->
                stub.withDeadlineAfter(300, TimeUnit.MILLISECONDS)
                    .getCurrent(GetCurrentRequest.getDefaultInstance()));
    WebServer.Exchange exchange = server.next();
    assertThat(fault(call).getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    assertThat(exchange.isClosedByClient()).isTrue();
  }

  @Test
  void cancellingAStreamClosesItsConnection() throws Exception {
    Watched watched = new Watched();
    MatchServiceGrpc.newStub(channel).findPeer(FindPeerRequest.getDefaultInstance(), watched);
    WebServer.Exchange exchange = server.next();
    exchange.head(200, TYPE);
    exchange.chunk(WebBodies.body(response().toByteArray()));
    assertThat(Awaited.from(watched.messages, "a message")).isEqualTo(response());
    watched.call.cancel("let go", null);
    assertThat(exchange.isClosedByClient()).isTrue();
    assertThat(Awaited.from(watched.endings, "an ending").getCode())
        .isEqualTo(Status.Code.CANCELLED);
  }

  @Test
  void cancellingACallThatHasEndedLeavesTheConnectionToTheNext() throws Exception {
    Watched ended = new Watched();
    MatchServiceGrpc.newStub(channel).findPeer(FindPeerRequest.getDefaultInstance(), ended);
    WebServer.Exchange first = server.next();
    first.head(200, TYPE);
    first.chunk(OK);
    Awaited.from(ended.endings, "an ending");
    ended.call.cancel("too late", null);
    answered();
    first.end();
    awaitCallOn(first.socket());
  }

  @Test
  void aSlowCallerGetsOnlyWhatItAskedFor() throws Exception {
    Watched watched = new Watched();
    watched.initial = 1;
    MatchServiceGrpc.newStub(channel).findPeer(FindPeerRequest.getDefaultInstance(), watched);
    WebServer.Exchange exchange = server.next();
    exchange.head(200, TYPE);
    byte[] message = response().toByteArray();
    exchange.chunk(WebBodies.body(message, message, message).concat(OK));
    exchange.end();
    Awaited.from(watched.messages, "the first message");
    assertThat(watched.messages).isEmpty();
    watched.call.request(1);
    Awaited.from(watched.messages, "the second message");
    assertThat(watched.endings).isEmpty();
    watched.call.request(1);
    Awaited.from(watched.messages, "the third message");
    assertThat(Awaited.from(watched.endings, "the end").isOk()).isTrue();
  }

  @Test
  void bytesAfterTheTrailersDoNotReachTheCaller() throws Exception {
    Future<GetCurrentResponse> call = getCurrent();
    WebServer.Exchange exchange = server.next();
    exchange.head(200, TYPE);
    exchange.chunk(WebBodies.body(ANSWER.toByteArray()).concat(OK).concat(OK));
    assertThat(fault(call).getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(exchange.isClosedByClient()).isTrue();
  }

  @Test
  void aCallThatStreamsUpwardsIsRefused() {
    ClientCall<ClientFrame, ServerFrame> call =
        channel.newCall(SessionServiceGrpc.getConverseMethod(), CallOptions.DEFAULT);
    assertThatThrownBy(() -> call.start(new ClientCall.Listener<>() {}, new Metadata()))
        .hasMessageContaining("streams upwards");
  }

  /// The connection of a call that has had its answer.
  private Socket answered() throws Exception {
    Future<GetCurrentResponse> call = getCurrent();
    WebServer.Exchange exchange = server.next();
    answer(exchange);
    assertThat(call.get(30, TimeUnit.SECONDS)).isEqualTo(ANSWER);
    return exchange.socket();
  }

  private static void answer(WebServer.Exchange exchange) throws IOException {
    exchange.head(200, TYPE);
    exchange.chunk(WebBodies.body(ANSWER.toByteArray()).concat(OK));
    exchange.end();
  }

  /// A caller hears the end with the trailers; its connection is free when the HTTP client has read
  /// the end of the body, a moment later. Whoever calls between the two opens another.
  private void awaitCallOn(Socket freed) throws Exception {
    List<Future<GetCurrentResponse>> calls = new ArrayList<>();
    List<WebServer.Exchange> exchanges = new ArrayList<>();
    do {
      calls.add(getCurrent());
      exchanges.add(server.next());
    } while (!exchanges.getLast().socket().equals(freed) && exchanges.size() < 100);
    assertThat(exchanges.getLast().socket()).isEqualTo(freed);
    for (WebServer.Exchange exchange : exchanges) {
      answer(exchange);
    }
    for (Future<GetCurrentResponse> call : calls) {
      assertThat(call.get(30, TimeUnit.SECONDS)).isEqualTo(ANSWER);
    }
  }

  private Future<GetCurrentResponse> getCurrent() {
    return call(() -> stub.getCurrent(GetCurrentRequest.getDefaultInstance()));
  }

  private <T> Future<T> call(Callable<T> call) {
    return callers.submit(call);
  }

  private static FindPeerResponse response() {
    return FindPeerResponse.newBuilder()
        .setAccepted(TicketAccepted.newBuilder().setTicketId("t".repeat(22)))
        .build();
  }

  private static StatusRuntimeException fault(Future<?> call)
      throws InterruptedException, TimeoutException {
    try {
      throw new AssertionError("expected a fault, got " + call.get(30, TimeUnit.SECONDS));
    } catch (ExecutionException failed) {
      return (StatusRuntimeException) failed.getCause();
    }
  }

  private static final class Watched
      implements ClientResponseObserver<FindPeerRequest, FindPeerResponse> {
    final BlockingQueue<FindPeerResponse> messages = new LinkedBlockingQueue<>();
    final BlockingQueue<Status> endings = new LinkedBlockingQueue<>();
    ClientCallStreamObserver<FindPeerRequest> call;
    int initial = 10;

    @Override
    public void beforeStart(ClientCallStreamObserver<FindPeerRequest> started) {
      call = started;
      started.disableAutoRequestWithInitial(initial);
    }

    @Override
    public void onNext(FindPeerResponse message) {
      messages.add(message);
    }

    @Override
    public void onError(Throwable fault) {
      endings.add(Status.fromThrowable(fault));
    }

    @Override
    public void onCompleted() {
      endings.add(Status.OK);
    }
  }
}
