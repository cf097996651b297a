package parley.client.conversation;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.client.call.CallRefused;
import parley.client.call.Loop;
import parley.client.call.ProtoTimes;
import parley.client.identity.AccessToken;
import parley.client.identity.GuestDenied;
import parley.proto.session.v1.AcknowledgeRequest;
import parley.proto.session.v1.AcknowledgeResponse;
import parley.proto.session.v1.ClientFrame;
import parley.proto.session.v1.End;
import parley.proto.session.v1.EndReason;
import parley.proto.session.v1.Enter;
import parley.proto.session.v1.Entered;
import parley.proto.session.v1.Next;
import parley.proto.session.v1.OpenRequest;
import parley.proto.session.v1.ReceiptUpdate;
import parley.proto.session.v1.SendRequest;
import parley.proto.session.v1.SendResponse;
import parley.proto.session.v1.ServerFrame;

/// An attachment over a stream down and unary calls up: one Send in flight, so that frames arrive
/// in order, and Acknowledge as a sign of life.
final class WebLink implements MemberLink {
  private static final Logger LOG = LoggerFactory.getLogger(WebLink.class);
  private static final int FRAMES_A_SEND = 16;

  /// What the stream would have said, had it not been lost.
  private static final ServerFrame TAKEN_OVER =
      ServerFrame.newBuilder()
          .setEnd(
              End.newBuilder().setReason(EndReason.END_REASON_TAKEN_OVER).setNext(Next.NEXT_STOP))
          .build();

  private final SessionCalls calls;
  private final Loop loop;
  private final Events events;
  private final FrameStream<OpenRequest> down;
  private final ArrayDeque<ClientFrame> waiting = new ArrayDeque<>();
  private ByteString pass = ByteString.EMPTY;
  private int attachment;
  private ReceiptUpdate receipt = ReceiptUpdate.getDefaultInstance();
  private boolean sending;
  private boolean cut;
  private Loop.Timer beat = () -> {};

  private WebLink(SessionCalls calls, Loop loop, Events events) {
    this.calls = calls;
    this.loop = loop;
    this.events = events;
    this.down = new FrameStream<>(loop, this, events);
  }

  static WebLink open(
      SessionCalls calls, AccessToken token, Enter enter, Loop loop, Events events) {
    WebLink link = new WebLink(calls, loop, events);
    calls.streaming(token).open(OpenRequest.newBuilder().setEnter(enter).build(), link.down);
    return link;
  }

  @Override
  public void entered(Entered facts) {
    pass = facts.getPass();
    attachment = facts.getAttachment();
    beat(ProtoTimes.duration(facts.getLimits().getAcknowledgeEvery()));
  }

  @Override
  public void send(List<ClientFrame> frames) {
    waiting.addAll(frames);
    frames.stream()
        .filter(ClientFrame::hasReceipt)
        .forEach(frame -> receipt = frame.getReceipt()); // repeated with each sign of life
    sendNext();
  }

  @Override
  public boolean answersOnStream() {
    return false;
  }

  @Override
  public void answerHeartbeat() {
    acknowledge();
  }

  @Override
  public void more() {
    down.more();
  }

  @Override
  public void cut() {
    cut = true;
    beat.cancel();
    waiting.clear();
    down.cut();
  }

  private void sendNext() {
    if (sending || cut || waiting.isEmpty()) {
      return;
    }
    sending = true;
    SendRequest.Builder request =
        SendRequest.newBuilder()
            .setSessionId(calls.sessionId())
            .setPass(pass)
            .setAttachment(attachment);
    while (!waiting.isEmpty() && request.getFramesCount() < FRAMES_A_SEND) {
      request.addFrames(waiting.remove());
    }
    SendRequest built = request.build();
    loop.aside(() -> call(built));
  }

  private void call(SendRequest request) {
    try {
      SendResponse answer = calls.send(request);
      loop.post(() -> answered(answer));
    } catch (CallRefused | GuestDenied failed) {
      loop.post(() -> failed(failed));
    }
  }

  private void answered(SendResponse answer) {
    if (!cut) {
      sending = false;
      events.answers(this, answer.getOutcomesList());
      sendNext();
    }
  }

  /// Whether the server has the texts is not known; entering again tells.
  private void failed(RuntimeException why) {
    if (!cut) {
      events.stopped(this, Status.UNAVAILABLE.withDescription(why.getMessage()), null);
    }
  }

  private void beat(Duration every) {
    if (every.isPositive()) {
      beat =
          loop.after(
              every,
              () -> {
                acknowledge();
                beat(every);
              });
    }
  }

  private void acknowledge() {
    AcknowledgeRequest request =
        AcknowledgeRequest.newBuilder()
            .setSessionId(calls.sessionId())
            .setPass(pass)
            .setAttachment(attachment)
            .setReceipt(receipt)
            .build();
    loop.aside(
        () -> {
          try {
            AcknowledgeResponse answer = calls.acknowledge(request);
            loop.post(() -> acknowledged(answer));
          } catch (CallRefused | GuestDenied lost) {
            LOG.info("a sign of life was lost: {}", lost.getMessage());
          }
        });
  }

  private void acknowledged(AcknowledgeResponse answer) {
    if (cut) {
      return;
    }
    switch (answer.getOutcomeCase()) {
      case STALE_ATTACHMENT -> events.frame(this, TAKEN_OVER);
      case NOT_OPEN ->
          events.stopped(this, Status.UNAVAILABLE.withDescription("not open any more"), null);
      case ACKNOWLEDGED, OUTCOME_NOT_SET -> LOG.trace("acknowledged");
    }
  }
}
