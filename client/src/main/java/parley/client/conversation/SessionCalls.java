package parley.client.conversation;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.client.call.CallRefused;
import parley.client.call.Door;
import parley.client.call.Headers;
import parley.client.call.UnaryCalls;
import parley.client.identity.AccessToken;
import parley.client.identity.Caller;
import parley.client.identity.GuestDenied;
import parley.proto.session.v1.AcknowledgeRequest;
import parley.proto.session.v1.AcknowledgeResponse;
import parley.proto.session.v1.BlockMemberRequest;
import parley.proto.session.v1.BlockMemberResponse;
import parley.proto.session.v1.LeaveSessionRequest;
import parley.proto.session.v1.ListMessagesRequest;
import parley.proto.session.v1.ListMessagesResponse;
import parley.proto.session.v1.ReportMemberRequest;
import parley.proto.session.v1.ReportMemberResponse;
import parley.proto.session.v1.SendRequest;
import parley.proto.session.v1.SendResponse;
import parley.proto.session.v1.SessionServiceGrpc;

/// The calls of one conversation. The unary ones block and are tried again as the error table says.
final class SessionCalls {
  private static final Logger LOG = LoggerFactory.getLogger(SessionCalls.class);

  private final Door door;
  private final Caller caller;
  private final String sessionId;
  private final String correlationId;
  private final UnaryCalls calls;

  SessionCalls(Door door, Caller caller, String sessionId, String correlationId) {
    this.door = door;
    this.caller = caller;
    this.sessionId = sessionId;
    this.correlationId = correlationId;
    this.calls = new UnaryCalls(door);
  }

  String sessionId() {
    return sessionId;
  }

  String correlationId() {
    return correlationId;
  }

  SessionServiceGrpc.SessionServiceStub streaming(AccessToken token) {
    return SessionServiceGrpc.newStub(door.channel()).withInterceptors(headers(token).attached());
  }

  SendResponse send(SendRequest request) {
    return caller.call(token -> calls.bounded(unary(token)).send(request));
  }

  AcknowledgeResponse acknowledge(AcknowledgeRequest request) {
    return caller.call(token -> calls.bounded(unary(token)).acknowledge(request));
  }

  /// Leaves beside the stream, if this member was ever in. That it did not work is only logged.
  void sayGoodbye(ConversationState.Credential credential) {
    if (credential instanceof ConversationState.PassToReturn(var pass)) {
      LeaveSessionRequest request =
          LeaveSessionRequest.newBuilder().setSessionId(sessionId).setPass(pass).build();
      try {
        var left = caller.call(token -> calls.bounded(unary(token)).leaveSession(request));
        LOG.debug("left: {}", left.getOutcomeCase());
      } catch (CallRefused | GuestDenied notTold) {
        LOG.info("the server was not told of leaving: {}", notTold.getMessage());
      }
    }
  }

  BlockMemberResponse block(BlockMemberRequest request) {
    return caller.call(token -> calls.bounded(unary(token)).blockMember(request));
  }

  ReportMemberResponse report(ReportMemberRequest request) {
    return caller.call(token -> calls.bounded(unary(token)).reportMember(request));
  }

  ListMessagesResponse list(ListMessagesRequest request) {
    return caller.call(token -> calls.bounded(unary(token)).listMessages(request));
  }

  private SessionServiceGrpc.SessionServiceBlockingStub unary(AccessToken token) {
    return SessionServiceGrpc.newBlockingStub(door.channel())
        .withInterceptors(headers(token).attached());
  }

  private Headers headers(AccessToken token) {
    return Headers.correlated(correlationId).bearer(token.text()).session(sessionId);
  }
}
