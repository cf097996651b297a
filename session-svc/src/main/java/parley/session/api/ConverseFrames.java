package parley.session.api;

import io.grpc.stub.StreamObserver;
import parley.domain.Position;
import parley.domain.Principal;
import parley.platform.grpc.DomainWords;
import parley.proto.session.v1.ClientFrame;
import parley.proto.session.v1.Enter;
import parley.session.core.MemberStream;

/// What comes up on a Converse.
final class ConverseFrames implements StreamObserver<ClientFrame> {
  private final MemberStream stream;
  private final Credentials credentials;
  private final Principal caller;

  ConverseFrames(MemberStream stream, Credentials credentials, Principal caller) {
    this.stream = stream;
    this.credentials = credentials;
    this.caller = caller;
  }

  @Override
  public void onNext(ClientFrame frame) {
    if (frame.hasEnter()) {
      enter(stream, frame.getEnter(), credentials, caller);
    } else {
      stream.received(FrameMapper.upward(frame));
    }
  }

  @Override
  public void onError(Throwable gone) {
    stream.cancelled();
  }

  /// Half-close: the client has nothing more to say, and goes on listening.
  @Override
  public void onCompleted() {}

  /// What is wrong with a credential ends the call by itself; the stream only has to be let go.
  static void enter(MemberStream stream, Enter enter, Credentials credentials, Principal caller) {
    try {
      Position position = enter.hasPosition() ? DomainWords.read(enter.getPosition()) : null;
      Position inbox = enter.hasInboxPosition() ? DomainWords.read(enter.getInboxPosition()) : null;
      stream.enter(credentials.admit(enter, caller), position, inbox);
    } catch (RuntimeException refused) {
      stream.cancelled();
      throw refused;
    }
  }
}
