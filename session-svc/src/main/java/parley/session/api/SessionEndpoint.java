package parley.session.api;

import com.google.protobuf.ByteString;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import parley.domain.Principal;
import parley.platform.auth.CallerInterceptor;
import parley.platform.grpc.Failures;
import parley.platform.grpc.UnaryCalls;
import parley.proto.session.v1.AcknowledgeRequest;
import parley.proto.session.v1.AcknowledgeResponse;
import parley.proto.session.v1.Acknowledged;
import parley.proto.session.v1.BlockMemberRequest;
import parley.proto.session.v1.BlockMemberResponse;
import parley.proto.session.v1.ClientFrame;
import parley.proto.session.v1.LeaveSessionRequest;
import parley.proto.session.v1.LeaveSessionResponse;
import parley.proto.session.v1.ListMessagesRequest;
import parley.proto.session.v1.ListMessagesResponse;
import parley.proto.session.v1.NotOpen;
import parley.proto.session.v1.OpenRequest;
import parley.proto.session.v1.ReportMemberRequest;
import parley.proto.session.v1.ReportMemberResponse;
import parley.proto.session.v1.SendRequest;
import parley.proto.session.v1.SendResponse;
import parley.proto.session.v1.ServerFrame;
import parley.proto.session.v1.SessionServiceGrpc;
import parley.proto.session.v1.StaleAttachment;
import parley.relay.Receipt;
import parley.session.core.Admission;
import parley.session.core.Conversations;
import parley.session.core.MemberStream;
import parley.session.core.SendResult;
import parley.session.core.port.Timers;

/// Both faces of a conversation. Streams run on the event loop and never block; unary calls run on
/// virtual threads.
public final class SessionEndpoint extends SessionServiceGrpc.SessionServiceImplBase {
  /// What the transport may hold of a stream before it takes no more: many short texts.
  private static final int READY_BYTES = 8 * 1024;

  private final Conversations conversations;
  private final Credentials credentials;
  private final FrameMapper mapper;
  private final Backlog backlog;
  private final HeldFrames holding;
  private final UnaryCalls unary;
  private final FarewellCalls farewells;
  private final HistoryCalls history;

  public SessionEndpoint(
      Conversations conversations,
      Credentials credentials,
      QueueBounds bounds,
      Timers timers,
      UnaryCalls unary) {
    this.conversations = conversations;
    this.credentials = credentials;
    this.mapper = new FrameMapper(credentials);
    this.backlog = new Backlog(bounds);
    this.holding = new HeldFrames(timers, bounds.holdStored());
    this.unary = unary;
    this.farewells = new FarewellCalls(conversations.departures());
    this.history = new HistoryCalls(conversations.recall(), credentials.cursors());
  }

  @Override
  public StreamObserver<ClientFrame> converse(StreamObserver<ServerFrame> responses) {
    var call = (ServerCallStreamObserver<ServerFrame>) responses;
    call.disableAutoRequest();
    Principal caller = CallerInterceptor.caller();
    MemberStream stream = stream(call, caller);
    call.request(1);
    return new ConverseFrames(stream, credentials, caller);
  }

  @Override
  public void open(OpenRequest request, StreamObserver<ServerFrame> responses) {
    Principal caller = CallerInterceptor.caller();
    MemberStream stream = stream((ServerCallStreamObserver<ServerFrame>) responses, caller);
    ConverseFrames.enter(stream, request.getEnter(), credentials, caller);
  }

  @Override
  public void send(SendRequest request, StreamObserver<SendResponse> caller) {
    unary.answer(caller, () -> send(request));
  }

  @Override
  public void acknowledge(AcknowledgeRequest request, StreamObserver<AcknowledgeResponse> caller) {
    unary.answer(caller, () -> acknowledge(request));
  }

  @Override
  public void leaveSession(
      LeaveSessionRequest request, StreamObserver<LeaveSessionResponse> caller) {
    unary.answer(
        caller, () -> farewells.leave(admitted(request.getSessionId(), request.getPass())));
  }

  @Override
  public void blockMember(BlockMemberRequest request, StreamObserver<BlockMemberResponse> caller) {
    unary.answer(
        caller, () -> farewells.block(person(request.getSessionId(), request.getPass()), request));
  }

  @Override
  public void reportMember(
      ReportMemberRequest request, StreamObserver<ReportMemberResponse> caller) {
    unary.answer(
        caller, () -> farewells.report(person(request.getSessionId(), request.getPass()), request));
  }

  @Override
  public void listMessages(
      ListMessagesRequest request, StreamObserver<ListMessagesResponse> caller) {
    unary.answer(
        caller, () -> history.list(reader(request.getSessionId(), request.getPass()), request));
  }

  /// Whoever may say farewell.
  private Admission admitted(String session, ByteString pass) {
    return credentials.admit(session, pass, CallerInterceptor.caller());
  }

  /// Whoever may say something against another.
  private Admission person(String session, ByteString pass) {
    return credentials.admitPerson(session, pass, CallerInterceptor.caller());
  }

  /// Whoever may say and hear more than that.
  private Admission speaker(String session, ByteString pass) {
    requireOpen();
    return admitted(session, pass);
  }

  private Admission reader(String session, ByteString pass) {
    requireOpen();
    return person(session, pass);
  }

  private void requireOpen() {
    if (conversations.isShut()) {
      throw Failures.unavailable();
    }
  }

  private MemberStream stream(ServerCallStreamObserver<ServerFrame> call, Principal caller) {
    call.setOnReadyThreshold(READY_BYTES);
    StreamWriter writer = new StreamWriter(call, mapper, backlog, holding);
    MemberStream stream = conversations.open(caller, writer);
    call.setOnCancelHandler(
        () -> {
          stream.cancelled();
          writer.cancelled();
        });
    call.setOnReadyHandler(
        () -> {
          writer.drain();
          stream.writable();
        });
    return stream;
  }

  private SendResponse send(SendRequest request) {
    Admission sender = speaker(request.getSessionId(), request.getPass());
    if (request.getFramesList().stream().anyMatch(ClientFrame::hasEnter)) {
      throw Failures.invalid("frames.enter", "is in a Send", "any frame but enter");
    }
    long attachment = Integer.toUnsignedLong(request.getAttachment());
    var frames = request.getFramesList().stream().map(FrameMapper::upward).toList();
    return switch (conversations.send(sender, attachment, frames)) {
      case SendResult.Answered answered ->
          SendResponse.newBuilder()
              .addAllOutcomes(answered.outcomes().stream().map(FrameMapper::outcome).toList())
              .build();
      case SendResult.Unavailable _ -> throw Failures.unavailable();
    };
  }

  private AcknowledgeResponse acknowledge(AcknowledgeRequest request) {
    Admission member = speaker(request.getSessionId(), request.getPass());
    long attachment = Integer.toUnsignedLong(request.getAttachment());
    Receipt upTo = FrameMapper.receipt(request.getReceipt());
    AcknowledgeResponse.Builder out = AcknowledgeResponse.newBuilder();
    return switch (conversations.acknowledge(member, attachment, upTo)) {
      case ACKNOWLEDGED -> out.setAcknowledged(Acknowledged.getDefaultInstance()).build();
      case NOT_OPEN -> out.setNotOpen(NotOpen.getDefaultInstance()).build();
      case STALE_ATTACHMENT -> out.setStaleAttachment(StaleAttachment.getDefaultInstance()).build();
      case UNAVAILABLE -> throw Failures.unavailable();
    };
  }
}
