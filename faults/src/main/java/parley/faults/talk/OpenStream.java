package parley.faults.talk;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import parley.client.call.Face;
import parley.faults.history.Place;
import parley.proto.session.v1.AcknowledgeRequest;
import parley.proto.session.v1.AcknowledgeResponse;
import parley.proto.session.v1.ClientFrame;
import parley.proto.session.v1.Enter;
import parley.proto.session.v1.Entered;
import parley.proto.session.v1.HeartbeatAnswer;
import parley.proto.session.v1.OpenRequest;
import parley.proto.session.v1.SendRequest;
import parley.proto.session.v1.SendResponse;
import parley.proto.session.v1.ServerFrame;
import parley.proto.session.v1.SessionServiceGrpc;
import parley.proto.session.v1.Text;

/// One stream of one member over either face, and where its reader stands. What comes is handed to
/// the member's thread, which alone calls everything here.
final class OpenStream implements ClientResponseObserver<ClientFrame, ServerFrame> {
  private static final int WINDOW = 8;
  private static final int ANSWER_WITHIN_SECONDS = 5;

  private final int number;
  private final Way way;
  private final String session;
  private final SessionServiceGrpc.SessionServiceStub stub;
  private final Consumer<Heard> member;
  private @Nullable StreamObserver<ClientFrame> up;
  private volatile @Nullable ClientCallStreamObserver<?> call;
  private ByteString pass = ByteString.EMPTY;
  private int attachment;
  private int owed;
  private boolean slow;

  @Nullable Place cursor;
  boolean live;
  boolean over;
  long heardAt = System.nanoTime();

  private OpenStream(
      int number,
      Way way,
      Enter enter,
      SessionServiceGrpc.SessionServiceStub stub,
      Consumer<Heard> member) {
    this.number = number;
    this.way = way;
    this.session = enter.getSessionId();
    this.stub = stub;
    this.member = member;
  }

  /// Asks to be let in.
  static OpenStream open(
      int number,
      Way way,
      Enter enter,
      SessionServiceGrpc.SessionServiceStub stub,
      Consumer<Heard> member) {
    OpenStream stream = new OpenStream(number, way, enter, stub, member);
    way.hurry().run();
    if (way.face() == Face.NATIVE) {
      stream.up = stub.converse(stream);
      stream.up.onNext(ClientFrame.newBuilder().setEnter(enter).build());
    } else {
      stub.open(OpenRequest.newBuilder().setEnter(enter).build(), stream.downAlone());
    }
    return stream;
  }

  int number() {
    return number;
  }

  boolean hasEntered() {
    return attachment != 0;
  }

  void entered(Entered facts) {
    pass = facts.getPass();
    attachment = facts.getAttachment();
  }

  /// Texts go up in this order; on the web face in one Send.
  void send(List<Text> texts) {
    StreamObserver<ClientFrame> stream = up;
    if (stream == null) {
      var _ = sendBeside(texts);
      return;
    }
    for (Text text : texts) {
      stream.onNext(ClientFrame.newBuilder().setText(text).build());
    }
  }

  /// Texts go up by a unary Send with this stream's attachment, whatever the face.
  ///
  /// @return cuts the answer off
  Runnable sendBeside(List<Text> texts) {
    SendRequest.Builder request =
        SendRequest.newBuilder().setSessionId(session).setPass(pass).setAttachment(attachment);
    texts.forEach(text -> request.addFrames(ClientFrame.newBuilder().setText(text)));
    Answer answer = new Answer();
    stub.withDeadlineAfter(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS).send(request.build(), answer);
    return answer::cut;
  }

  void answerHeartbeat() {
    StreamObserver<ClientFrame> stream = up;
    if (stream == null) {
      acknowledge();
    } else {
      stream.onNext(
          ClientFrame.newBuilder()
              .setHeartbeatAnswer(HeartbeatAnswer.getDefaultInstance())
              .build());
    }
  }

  /// A sign of life, as the web face gives it.
  void acknowledge() {
    stub.withDeadlineAfter(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS)
        .acknowledge(
            AcknowledgeRequest.newBuilder()
                .setSessionId(session)
                .setPass(pass)
                .setAttachment(attachment)
                .build(),
            new Unheard());
  }

  /// A frame was dealt with: one more may come, unless this reader is slow just now.
  void more() {
    owed++;
    ClientCallStreamObserver<?> current = call;
    if (!slow && current != null) {
      current.request(owed);
      owed = 0;
    }
  }

  void readSlowly() {
    slow = true;
  }

  void readOn() {
    slow = false;
    ClientCallStreamObserver<?> current = call;
    if (owed > 0 && current != null) {
      current.request(owed);
      owed = 0;
    }
  }

  /// Lets go without a word.
  void drop() {
    over = true;
    ClientCallStreamObserver<?> current = call;
    if (current != null) {
      current.cancel("let go", null);
    }
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<ClientFrame> started) {
    call = started;
    started.disableAutoRequestWithInitial(WINDOW);
  }

  @Override
  public void onNext(ServerFrame frame) {
    member.accept(new Heard.Frame(this, frame));
  }

  @Override
  public void onError(Throwable fault) {
    member.accept(new Heard.Stopped(this, String.valueOf(Status.fromThrowable(fault))));
  }

  @Override
  public void onCompleted() {
    member.accept(new Heard.Stopped(this, "OK"));
  }

  @Override
  public String toString() {
    return "stream " + number + " by " + way.name();
  }

  private ClientResponseObserver<OpenRequest, ServerFrame> downAlone() {
    return new ClientResponseObserver<>() {
      @Override
      public void beforeStart(ClientCallStreamObserver<OpenRequest> started) {
        call = started;
        started.disableAutoRequestWithInitial(WINDOW);
      }

      @Override
      public void onNext(ServerFrame frame) {
        OpenStream.this.onNext(frame);
      }

      @Override
      public void onError(Throwable fault) {
        OpenStream.this.onError(fault);
      }

      @Override
      public void onCompleted() {
        OpenStream.this.onCompleted();
      }
    };
  }

  private final class Answer implements ClientResponseObserver<SendRequest, SendResponse> {
    private volatile @Nullable ClientCallStreamObserver<SendRequest> asked;

    void cut() {
      ClientCallStreamObserver<SendRequest> current = asked;
      if (current != null) {
        current.cancel("cut off", null);
      }
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<SendRequest> started) {
      asked = started;
    }

    @Override
    public void onNext(SendResponse response) {
      member.accept(new Heard.Answers(OpenStream.this, response.getOutcomesList()));
    }

    @Override
    public void onError(Throwable lost) {
      // Unknown: the member sends again.
    }

    @Override
    public void onCompleted() {
      // The answer is all there is.
    }
  }

  private static final class Unheard implements StreamObserver<AcknowledgeResponse> {
    @Override
    public void onNext(AcknowledgeResponse response) {}

    @Override
    public void onError(Throwable lost) {}

    @Override
    public void onCompleted() {}
  }
}
