package parley.bench;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import parley.proto.domain.v1.Position;
import parley.proto.session.v1.ClientFrame;
import parley.proto.session.v1.Enter;
import parley.proto.session.v1.Entered;
import parley.proto.session.v1.Envelope;
import parley.proto.session.v1.HeartbeatAnswer;
import parley.proto.session.v1.ServerFrame;
import parley.proto.session.v1.SessionServiceGrpc.SessionServiceStub;
import parley.proto.session.v1.Text;
import parley.proto.session.v1.TextOutcome;

/// One member who enters again at another node when its stream is cut, at once, and says there what
/// was not stored. Knows whether it heard everything once and in order.
final class Returnee {
  private final SessionServiceStub elsewhere;
  private final CompletableFuture<Void> entered = new CompletableFuture<>();
  private final CompletableFuture<Return> back = new CompletableFuture<>();
  private final List<String> heard = new ArrayList<>();

  @GuardedBy("this")
  private @Nullable StreamObserver<ClientFrame> up;

  @GuardedBy("this")
  private Enter next = Enter.getDefaultInstance();

  @GuardedBy("this")
  private int said;

  @GuardedBy("this")
  private int wanted;

  @GuardedBy("this")
  private long noticed;

  @GuardedBy("this")
  private long letIn;

  private Returnee(SessionServiceStub elsewhere) {
    this.elsewhere = elsewhere;
  }

  /// Enters at `here`; after a cut, at `elsewhere`.
  static Returnee enter(SessionServiceStub here, SessionServiceStub elsewhere, Enter enter) {
    Returnee member = new Returnee(elsewhere);
    member.open(here, enter, new First(member));
    return member;
  }

  /// Everything up to its entry was given.
  CompletableFuture<Void> entered() {
    return entered;
  }

  /// Its way back, once everything was given at the other node.
  CompletableFuture<Return> back() {
    return back;
  }

  /// Says its texts up to this number.
  synchronized void say(int upTo) {
    wanted = upTo;
    while (up != null && said < wanted) {
      said++;
      Text text = Text.newBuilder().setSequence(said).setText(Integer.toString(said)).build();
      up.onNext(ClientFrame.newBuilder().setText(text).build());
    }
  }

  /// Whether the peer's texts came up to this number, each once and in order.
  synchronized boolean heard(int upTo) {
    return heard.equals(IntStream.rangeClosed(1, upTo).mapToObj(Integer::toString).toList());
  }

  private synchronized void open(
      SessionServiceStub node, Enter enter, StreamObserver<ServerFrame> down) {
    next = enter;
    up = node.converse(down);
    up.onNext(ClientFrame.newBuilder().setEnter(enter).build());
  }

  private synchronized void comeBack() {
    noticed = System.nanoTime();
    open(elsewhere, next, new Second(this));
  }

  /// Nothing is said before it is known what is stored.
  private synchronized void entered(Entered facts) {
    letIn = System.nanoTime();
    said = facts.getNextSequence() - 1;
    next =
        Enter.newBuilder()
            .setSessionId(facts.getSessionId())
            .setPass(facts.getPass())
            .setPosition(next.getPosition().toBuilder().setEpoch(facts.getTip().getEpoch()))
            .build();
  }

  private synchronized void read(ServerFrame frame) {
    if (frame.hasEntered()) {
      entered(frame.getEntered());
    }
    for (TextOutcome outcome : frame.getOutcomesList()) {
      if (outcome.hasStored()) {
        reached(outcome.getStored().getPosition());
      }
    }
    for (Envelope envelope : frame.getEnvelopesList()) {
      reached(envelope.getPosition());
      if (envelope.getOwnSequence() == 0) {
        heard.add(envelope.getText());
      }
    }
    if (frame.hasHeartbeat() && up != null) {
      up.onNext(
          ClientFrame.newBuilder()
              .setHeartbeatAnswer(HeartbeatAnswer.getDefaultInstance())
              .build());
    }
  }

  @GuardedBy("this")
  private void reached(Position position) {
    if (position.getOffset() > next.getPosition().getOffset()) {
      next = next.toBuilder().setPosition(position).build();
    }
  }

  /// When a member noticed that it was cut, was let in elsewhere, and had everything, by
  /// `System.nanoTime`.
  record Return(long noticed, long entered, long caughtUp) {}

  /// At the node that is killed.
  private record First(Returnee member) implements StreamObserver<ServerFrame> {
    @Override
    public void onNext(ServerFrame frame) {
      member.read(frame);
      if (frame.hasCaughtUp()) {
        member.entered.complete(null);
      }
    }

    @Override
    public void onError(Throwable cut) {
      member.comeBack();
    }

    @Override
    public void onCompleted() {
      member.comeBack();
    }
  }

  /// At the other.
  private record Second(Returnee member) implements StreamObserver<ServerFrame> {
    @Override
    public void onNext(ServerFrame frame) {
      member.read(frame);
      if (frame.hasCaughtUp()) {
        synchronized (member) {
          member.back.complete(new Return(member.noticed, member.letIn, System.nanoTime()));
          member.say(member.wanted);
        }
      }
    }

    @Override
    public void onError(Throwable cut) {
      member.back.completeExceptionally(cut);
    }

    @Override
    public void onCompleted() {
      member.back.completeExceptionally(new IllegalStateException("the stream ended"));
    }
  }
}
