package parley.session;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.MetadataUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import parley.domain.SessionId;
import parley.platform.config.HostPort;
import parley.proto.domain.v1.Position;
import parley.proto.session.v1.AcknowledgeRequest;
import parley.proto.session.v1.Channel;
import parley.proto.session.v1.ClientFrame;
import parley.proto.session.v1.End;
import parley.proto.session.v1.EndReason;
import parley.proto.session.v1.Enter;
import parley.proto.session.v1.Entered;
import parley.proto.session.v1.Envelope;
import parley.proto.session.v1.Leave;
import parley.proto.session.v1.OpenRequest;
import parley.proto.session.v1.Presence;
import parley.proto.session.v1.SendRequest;
import parley.proto.session.v1.ServerFrame;
import parley.proto.session.v1.SessionServiceGrpc;
import parley.proto.session.v1.Text;
import parley.proto.session.v1.TextOutcome;
import parley.proto.session.v1.Typing;
import parley.session.Sessions.Face;
import parley.testing.Eventually;

/// A member who records what it is told: one connection, one stream.
final class Member implements AutoCloseable {
  /// Small, so that what is not read waits at the server.
  private static final int FLOW_CONTROL_WINDOW = 64 * 1024;

  private final SessionId session;
  private final ByteString grant;
  private final Face face;
  private final ManagedChannel channel;
  private final SessionServiceGrpc.SessionServiceStub stub;
  private final SessionServiceGrpc.SessionServiceBlockingStub blocking;
  final List<ServerFrame> frames = new CopyOnWriteArrayList<>();
  private final List<TextOutcome> sent = new CopyOnWriteArrayList<>();
  private volatile @Nullable Status status;
  private volatile @Nullable ClientCallStreamObserver<?> call;
  private volatile @Nullable ClientCallStreamObserver<ClientFrame> up;

  Member(SessionId session, ByteString grant, String token, HostPort node, Face face) {
    this(session, grant, token, node, face, session.text());
  }

  Member(
      SessionId session,
      ByteString grant,
      String token,
      HostPort node,
      Face face,
      String sessionHeader) {
    this.session = session;
    this.grant = grant;
    this.face = face;
    channel =
        NettyChannelBuilder.forAddress(node.host(), node.port())
            .flowControlWindow(FLOW_CONTROL_WINDOW)
            .usePlaintext()
            .build();
    Metadata headers = new Metadata();
    headers.put(header("authorization"), "Bearer " + token);
    headers.put(header("x-parley-session"), sessionHeader);
    var interceptor = MetadataUtils.newAttachHeadersInterceptor(headers);
    stub = SessionServiceGrpc.newStub(channel).withInterceptors(interceptor);
    blocking = SessionServiceGrpc.newBlockingStub(channel).withInterceptors(interceptor);
  }

  SessionServiceGrpc.SessionServiceBlockingStub blocking() {
    return blocking.withDeadlineAfter(10, TimeUnit.SECONDS);
  }

  Member enter() {
    start(Enter.newBuilder().setSessionId(session.text()).setGrant(grant).build(), true);
    return this;
  }

  /// Enters and waits until everything was delivered.
  Member entered() {
    enter();
    return caughtUp();
  }

  Member caughtUp() {
    Eventually.holds(
        "the member has caught up or the stream has ended",
        () -> status != null || frames.stream().anyMatch(ServerFrame::hasCaughtUp));
    if (frames.stream().noneMatch(ServerFrame::hasCaughtUp)) {
      throw new AssertionError("not caught up: " + status + ", " + end());
    }
    return this;
  }

  /// Comes back, as a client that knows `position`; a new stream, possibly at another node.
  Member resumed(ByteString pass, @Nullable Position position) {
    return resume(pass, position, true);
  }

  /// As `resumed`, but never reads.
  Member resumedDeaf(ByteString pass) {
    return resume(pass, null, false);
  }

  private Member resume(ByteString pass, @Nullable Position position, boolean reads) {
    Enter.Builder enter = Enter.newBuilder().setSessionId(session.text()).setPass(pass);
    if (position != null) {
      enter.setPosition(position);
    }
    start(enter.build(), reads);
    return this;
  }

  void start(Enter enter, boolean reads) {
    if (face == Face.NATIVE) {
      stub.converse(new Recorder<ClientFrame>(reads));
      up.onNext(ClientFrame.newBuilder().setEnter(enter).build());
    } else {
      stub.open(OpenRequest.newBuilder().setEnter(enter).build(), new Recorder<>(reads));
    }
  }

  void text(int sequence, String text) {
    up(
        ClientFrame.newBuilder()
            .setText(Text.newBuilder().setSequence(sequence).setText(text))
            .build());
  }

  void typing() {
    up(ClientFrame.newBuilder().setTyping(Typing.getDefaultInstance()).build());
  }

  void leave() {
    up(ClientFrame.newBuilder().setLeave(Leave.getDefaultInstance()).build());
  }

  void halfClose() {
    up.onCompleted();
  }

  void cancel() {
    call.cancel("gone", null);
  }

  SendRequest sendRequest(int attachment, ClientFrame... frames) {
    return SendRequest.newBuilder()
        .setSessionId(session.text())
        .setPass(entry().getPass())
        .setAttachment(attachment)
        .addAllFrames(List.of(frames))
        .build();
  }

  Entered entry() {
    Eventually.holds(
        "the member has entered", () -> frames.stream().anyMatch(ServerFrame::hasEntered));
    return frames.stream().filter(ServerFrame::hasEntered).findFirst().orElseThrow().getEntered();
  }

  ByteString pass() {
    return entry().getPass();
  }

  /// What was told of another member, in order.
  List<Presence> presences(int member) {
    return frames.stream()
        .filter(ServerFrame::hasMember)
        .map(frame -> frame.getMember().getMember())
        .filter(told -> told.getMemberId() == member)
        .map(parley.proto.session.v1.Member::getPresence)
        .toList();
  }

  /// Who was where when this member entered.
  List<Presence> presencesAtEntry() {
    return entry().getMembersList().stream()
        .map(parley.proto.session.v1.Member::getPresence)
        .toList();
  }

  void awaitPresences(int member, Presence... told) {
    Eventually.holds(
        "member " + member + " is told as " + List.of(told),
        () -> presences(member).equals(List.of(told)));
  }

  AcknowledgeRequest sign() {
    return AcknowledgeRequest.newBuilder()
        .setSessionId(session.text())
        .setPass(entry().getPass())
        .setAttachment(entry().getAttachment())
        .build();
  }

  List<Envelope> envelopes() {
    return frames.stream()
        .filter(frame -> frame.getChannel() == Channel.CHANNEL_SESSION)
        .flatMap(frame -> frame.getEnvelopesList().stream())
        .toList();
  }

  /// What came by the inbox.
  List<Envelope> notices() {
    return frames.stream()
        .filter(frame -> frame.getChannel() == Channel.CHANNEL_INBOX)
        .flatMap(frame -> frame.getEnvelopesList().stream())
        .toList();
  }

  /// Tickets whose place in line is told to be back, in order.
  List<String> tickets() {
    return notices().stream()
        .map(envelope -> envelope.getNotice().getPeerNeverCame().getTicketId())
        .toList();
  }

  void awaitTickets(String... told) {
    Eventually.holds("the inbox tells of " + List.of(told), () -> tickets().equals(List.of(told)));
  }

  List<String> heard() {
    return envelopes().stream().map(Envelope::getText).toList();
  }

  /// What became of this member's texts, by stream or by the answers to Send.
  List<TextOutcome> outcomes() {
    return face == Face.NATIVE
        ? frames.stream().flatMap(f -> f.getOutcomesList().stream()).toList()
        : List.copyOf(sent);
  }

  /// Offsets in the order they were told, own ones included.
  List<Integer> offsets() {
    List<Integer> offsets = new ArrayList<>();
    for (ServerFrame frame : frames) {
      List<Integer> inFrame = new ArrayList<>();
      frame.getOutcomesList().stream()
          .filter(TextOutcome::hasStored)
          .forEach(o -> inFrame.add(o.getStored().getPosition().getOffset()));
      frame.getEnvelopesList().forEach(e -> inFrame.add(e.getPosition().getOffset()));
      inFrame.stream().sorted().forEach(offsets::add);
    }
    return offsets;
  }

  /// The highest position told.
  Position position() {
    Position best = Position.newBuilder().setEpoch(entry().getTip().getEpoch()).build();
    for (ServerFrame frame : frames) {
      for (Envelope envelope : frame.getEnvelopesList()) {
        best = later(best, envelope.getPosition());
      }
      for (TextOutcome outcome : frame.getOutcomesList()) {
        if (outcome.hasStored()) {
          best = later(best, outcome.getStored().getPosition());
        }
      }
    }
    return best;
  }

  Optional<End> end() {
    return frames.stream().filter(ServerFrame::hasEnd).map(ServerFrame::getEnd).findFirst();
  }

  void awaitEnd(EndReason reason) {
    Eventually.holds(
        "the stream ends with " + reason,
        () -> end().isPresent() && end().get().getReason() == reason && status != null);
    if (!Status.OK.getCode().equals(status.getCode())) {
      throw new AssertionError("status is " + status + ", expected OK");
    }
  }

  Status awaitStatus() {
    Eventually.holds("the stream has ended", () -> status != null);
    return status;
  }

  boolean isOpen() {
    return status == null;
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  void up(ClientFrame frame) {
    if (face == Face.NATIVE) {
      up.onNext(frame);
    } else {
      sent.addAll(blocking().send(sendRequest(entry().getAttachment(), frame)).getOutcomesList());
    }
  }

  private static Position later(Position one, Position other) {
    return other.getOffset() > one.getOffset() ? other : one;
  }

  private static Metadata.Key<String> header(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  private final class Recorder<Q> implements ClientResponseObserver<Q, ServerFrame> {
    private final boolean reads;

    Recorder(boolean reads) {
      this.reads = reads;
    }

    @Override
    @SuppressWarnings("unchecked") // the observer of Converse takes ClientFrames
    public void beforeStart(ClientCallStreamObserver<Q> started) {
      call = started;
      if (face == Face.NATIVE) {
        up = (ClientCallStreamObserver<ClientFrame>) started;
      }
      if (!reads) {
        started.disableAutoRequestWithInitial(1);
      }
    }

    @Override
    public void onNext(ServerFrame frame) {
      frames.add(frame);
    }

    @Override
    public void onError(Throwable ended) {
      status = Status.fromThrowable(ended);
    }

    @Override
    public void onCompleted() {
      status = Status.OK;
    }
  }
}
