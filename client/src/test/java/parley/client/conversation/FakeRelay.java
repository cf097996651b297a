package parley.client.conversation;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import parley.client.fake.FakeAttachment;
import parley.proto.domain.v1.Position;
import parley.proto.session.v1.CaughtUp;
import parley.proto.session.v1.ClientFrame;
import parley.proto.session.v1.Duplicate;
import parley.proto.session.v1.Enter;
import parley.proto.session.v1.Entered;
import parley.proto.session.v1.Envelope;
import parley.proto.session.v1.OpenRequest;
import parley.proto.session.v1.OutOfOrder;
import parley.proto.session.v1.SendRequest;
import parley.proto.session.v1.SendResponse;
import parley.proto.session.v1.ServerFrame;
import parley.proto.session.v1.SessionServiceGrpc;
import parley.proto.session.v1.StaleAttachment;
import parley.proto.session.v1.Text;
import parley.proto.session.v1.TextOutcome;
import parley.proto.session.v1.TooFast;

/// A relay that keeps its promise over connections that do not: with each text it may cut the
/// stream, before or after storing, lose an answer, ask for patience, or let the peer speak.
final class FakeRelay extends SessionServiceGrpc.SessionServiceImplBase {
  private final Random random;
  final List<Envelope> log = new ArrayList<>();
  private StreamObserver<ServerFrame> live;
  private int attachment;
  private int stored;

  FakeRelay(Random random) {
    this.random = random;
  }

  /// All that member 1 wrote, in the order of the log.
  synchronized List<String> own() {
    return log.stream().filter(e -> e.getMemberId() == 1).map(Envelope::getText).toList();
  }

  synchronized List<Envelope> all() {
    return List.copyOf(log);
  }

  @Override
  public StreamObserver<ClientFrame> converse(StreamObserver<ServerFrame> down) {
    return new StreamObserver<>() {
      private int mine;

      @Override
      public void onNext(ClientFrame frame) {
        synchronized (FakeRelay.this) {
          if (frame.hasEnter()) {
            mine = enter(frame.getEnter(), down);
          } else if (frame.hasText() && mine == attachment && live != null) {
            TextOutcome outcome = store(frame.getText());
            if (live != null && !cutSometimes()) {
              live.onNext(ServerFrame.newBuilder().addOutcomes(outcome).build());
              peerSpeaksSometimes();
            }
          }
        }
      }

      @Override
      public void onError(Throwable gone) {}

      @Override
      public void onCompleted() {}
    };
  }

  @Override
  public synchronized void open(OpenRequest request, StreamObserver<ServerFrame> down) {
    var _ = enter(request.getEnter(), down);
  }

  @Override
  public synchronized void send(SendRequest request, StreamObserver<SendResponse> caller) {
    SendResponse.Builder answer = SendResponse.newBuilder();
    for (ClientFrame frame : request.getFramesList()) {
      if (!frame.hasText()) {
        continue;
      }
      boolean stale = request.getAttachment() != attachment;
      answer.addOutcomes(stale ? stale(frame.getText()) : store(frame.getText()));
      peerSpeaksSometimes();
    }
    if (!cutSometimes() && random.nextInt(8) == 0) {
      caller.onError(Status.UNAVAILABLE.asRuntimeException());
      return;
    }
    caller.onNext(answer.build());
    caller.onCompleted();
  }

  private int enter(Enter enter, StreamObserver<ServerFrame> down) {
    live = down;
    attachment++;
    down.onNext(
        ServerFrame.newBuilder()
            .setEntered(
                Entered.newBuilder()
                    .setMemberId(1)
                    .setAttachment(attachment)
                    .setPass(ByteString.copyFromUtf8("pass"))
                    .setNextSequence(stored + 1)
                    .setTip(FakeAttachment.at(log.size())))
            .build());
    log.stream()
        .skip(enter.getPosition().getOffset())
        .forEach(e -> down.onNext(ServerFrame.newBuilder().addEnvelopes(e).build()));
    if (!cutSometimes()) {
      down.onNext(
          ServerFrame.newBuilder()
              .setCaughtUp(CaughtUp.newBuilder().setPosition(FakeAttachment.at(log.size())))
              .build());
    }
    return attachment;
  }

  private TextOutcome store(Text text) {
    TextOutcome.Builder outcome = TextOutcome.newBuilder().setSequence(text.getSequence());
    if (text.getSequence() <= stored) {
      return outcome.setDuplicate(Duplicate.newBuilder().setPosition(placeOf(text))).build();
    }
    if (text.getSequence() > stored + 1) {
      return outcome.setOutOfOrder(OutOfOrder.newBuilder().setExpected(stored + 1)).build();
    }
    if (random.nextInt(6) == 0) {
      Duration wait = Duration.newBuilder().setNanos(200_000).build();
      return outcome.setTooFast(TooFast.newBuilder().setRetryAfter(wait)).build();
    }
    if (cutSometimes()) {
      return outcome.build();
    }
    stored++;
    log.add(
        FakeAttachment.envelope(log.size() + 1, text.getText()).toBuilder()
            .setMemberId(1)
            .setOwnSequence(stored)
            .build());
    return FakeAttachment.stored(stored, log.size());
  }

  private Position placeOf(Text text) {
    return log.stream()
        .filter(e -> e.getOwnSequence() == text.getSequence())
        .findFirst()
        .orElseThrow()
        .getPosition();
  }

  private static TextOutcome stale(Text text) {
    return TextOutcome.newBuilder()
        .setSequence(text.getSequence())
        .setStaleAttachment(StaleAttachment.getDefaultInstance())
        .build();
  }

  private void peerSpeaksSometimes() {
    if (random.nextInt(3) == 0) {
      Envelope envelope = FakeAttachment.envelope(log.size() + 1, "peer " + log.size());
      log.add(envelope);
      if (live != null) {
        live.onNext(ServerFrame.newBuilder().addEnvelopes(envelope).build());
      }
    }
  }

  private boolean cutSometimes() {
    if (live != null && random.nextInt(10) == 0) {
      StreamObserver<ServerFrame> cut = live;
      live = null;
      cut.onError(Status.INTERNAL.withDescription("RST_STREAM").asRuntimeException());
    }
    return live == null;
  }
}
