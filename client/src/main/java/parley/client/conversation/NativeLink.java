package parley.client.conversation;

import io.grpc.stub.StreamObserver;
import java.util.List;
import parley.client.call.Loop;
import parley.client.identity.AccessToken;
import parley.proto.session.v1.ClientFrame;
import parley.proto.session.v1.Enter;
import parley.proto.session.v1.Entered;
import parley.proto.session.v1.HeartbeatAnswer;

/// An attachment over one bidirectional stream.
final class NativeLink implements MemberLink {
  private static final ClientFrame HEARTBEAT_ANSWER =
      ClientFrame.newBuilder().setHeartbeatAnswer(HeartbeatAnswer.getDefaultInstance()).build();

  private final FrameStream<ClientFrame> down;
  private final StreamObserver<ClientFrame> up;

  private NativeLink(SessionCalls calls, AccessToken token, Loop loop, Events events) {
    this.down = new FrameStream<>(loop, this, events);
    this.up = calls.streaming(token).converse(down);
  }

  static NativeLink open(
      SessionCalls calls, AccessToken token, Enter enter, Loop loop, Events events) {
    NativeLink link = new NativeLink(calls, token, loop, events);
    link.up.onNext(ClientFrame.newBuilder().setEnter(enter).build());
    return link;
  }

  @Override
  public void entered(Entered facts) {
    // The stream itself is the attachment.
  }

  @Override
  public void send(List<ClientFrame> frames) {
    frames.forEach(up::onNext);
  }

  @Override
  public boolean answersOnStream() {
    return true;
  }

  @Override
  public void answerHeartbeat() {
    up.onNext(HEARTBEAT_ANSWER);
  }

  @Override
  public void more() {
    down.more();
  }

  @Override
  public void cut() {
    down.cut();
  }
}
