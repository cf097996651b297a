package parley.session.clients;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import parley.proto.domain.v1.Position;
import parley.proto.session.v1.ClientFrame;
import parley.proto.session.v1.Enter;
import parley.proto.session.v1.Entered;
import parley.proto.session.v1.Envelope;
import parley.proto.session.v1.Leave;
import parley.proto.session.v1.ServerFrame;
import parley.proto.session.v1.SessionServiceGrpc.SessionServiceStub;
import parley.proto.session.v1.Text;
import parley.proto.session.v1.TextOutcome;

/// One member in a rehearsal: enters with a grant, says a line, is cut, and at once comes back at
/// the other stage, where it hears what it has missed and says the next; and so on to the last.
final class Player {
  private static final int CUTS = 4;

  private final List<SessionServiceStub> stages;
  private final CompletableFuture<Void> played = new CompletableFuture<>();
  private final CompletableFuture<Void> over = new CompletableFuture<>();

  @GuardedBy("this")
  private Enter next;

  @GuardedBy("this")
  private @Nullable ClientCallStreamObserver<ClientFrame> up;

  @GuardedBy("this")
  private int said;

  @GuardedBy("this")
  private int cuts;

  @GuardedBy("this")
  private boolean caughtUp;

  @GuardedBy("this")
  private boolean stored;

  @GuardedBy("this")
  private boolean heard;

  private Player(Enter grant, List<SessionServiceStub> stages) {
    this.next = grant;
    this.stages = List.copyOf(stages);
  }

  /// @param stages by turns, from the first on
  static Player enter(Enter grant, List<SessionServiceStub> stages) {
    Player player = new Player(grant, stages);
    player.open();
    return player;
  }

  /// Everything was said and heard after the last way back; failed if there was none.
  CompletableFuture<Void> played() {
    return played;
  }

  /// Its last stream has ended.
  CompletableFuture<Void> over() {
    return over;
  }

  /// Ends the session for both.
  synchronized void leave() {
    send(ClientFrame.newBuilder().setLeave(Leave.getDefaultInstance()).build());
  }

  private synchronized void open() {
    caughtUp = false;
    stored = false;
    SessionServiceStub stage = stages.get(cuts % stages.size());
    up = (ClientCallStreamObserver<ClientFrame>) stage.converse(new Down(cuts));
    send(ClientFrame.newBuilder().setEnter(next).build());
  }

  private synchronized void read(ServerFrame frame, int stream) {
    if (stream != cuts) {
      return; // of one that was cut
    }
    if (frame.hasEntered()) {
      entered(frame.getEntered());
    }
    frame.getOutcomesList().forEach(this::answered);
    frame.getEnvelopesList().forEach(this::came);
    if (frame.hasCaughtUp()) {
      caughtUp = true;
      speak();
    }
    goOn();
  }

  /// It stands where it stood before: there is something to read again.
  @GuardedBy("this")
  private void entered(Entered facts) {
    said = facts.getNextSequence() - 1;
    next = next.toBuilder().setPass(facts.getPass()).build();
  }

  @GuardedBy("this")
  private void answered(TextOutcome outcome) {
    if (outcome.hasStored()) {
      stands(outcome.getStored().getPosition());
      stored |= outcome.getSequence() == cuts + 1;
    }
  }

  @GuardedBy("this")
  private void came(Envelope envelope) {
    stands(envelope.getPosition());
    heard |= envelope.getOwnSequence() == 0 && envelope.getText().equals(line(CUTS + 1));
  }

  @GuardedBy("this")
  private void stands(Position position) {
    if (position.getOffset() == cuts) {
      next = next.toBuilder().setPosition(position).build();
    }
  }

  @GuardedBy("this")
  private void speak() {
    while (said <= cuts) {
      said++;
      Text text = Text.newBuilder().setSequence(said).setText(line(said)).build();
      send(ClientFrame.newBuilder().setText(text).build());
    }
  }

  @GuardedBy("this")
  private void goOn() {
    if (cuts < CUTS && stored) {
      cuts++;
      if (up != null) {
        up.cancel("cut", null);
      }
      open();
    } else if (cuts == CUTS && caughtUp && stored && heard) {
      played.complete(null);
    }
  }

  @GuardedBy("this")
  private void send(ClientFrame frame) {
    if (up != null) {
      up.onNext(frame);
    }
  }

  private synchronized void ended(int stream, Throwable why) {
    if (stream == cuts) {
      played.completeExceptionally(why); // unless it has played
      over.complete(null);
    }
  }

  private static String line(int number) {
    return "line " + number;
  }

  /// What comes on one of its streams.
  private final class Down implements StreamObserver<ServerFrame> {
    private final int stream;

    Down(int stream) {
      this.stream = stream;
    }

    @Override
    public void onNext(ServerFrame frame) {
      read(frame, stream);
    }

    @Override
    public void onError(Throwable cut) {
      ended(stream, cut);
    }

    @Override
    public void onCompleted() {
      ended(stream, new IllegalStateException("the stream ended"));
    }
  }
}
