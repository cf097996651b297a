package parley.session.api;

import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import parley.platform.grpc.Failures;
import parley.proto.session.v1.ServerFrame;
import parley.session.core.Channel;
import parley.session.core.Frame;
import parley.session.core.Outcome;
import parley.session.core.Refusal;
import parley.session.core.TextOutcome;
import parley.session.core.port.Outlet;

/// The only one who writes to a stream. What the transport does not take waits in a bounded queue;
/// when that is full, the reader is too slow. One batch goes beyond the bound. A frame that only
/// says `stored` is held back for a moment: mostly another one comes that takes it along. Any
/// thread.
final class StreamWriter implements Outlet {
  private static final int MOST_HELD = 64;
  private static final List<Frame> NOTHING =
      List.of(new Frame(Channel.SESSION, List.of(), List.of(), null));

  private final ServerCallStreamObserver<ServerFrame> call;
  private final FrameMapper mapper;
  private final Backlog backlog;
  private final HeldFrames holding;
  private final List<TextOutcome> held = new ArrayList<>();
  private final Queue<ServerFrame> waiting = new ArrayDeque<>();
  private long waitingBytes;
  private boolean ended;

  StreamWriter(
      ServerCallStreamObserver<ServerFrame> call,
      FrameMapper mapper,
      Backlog backlog,
      HeldFrames holding) {
    this.call = call;
    this.mapper = mapper;
    this.backlog = backlog;
    this.holding = holding;
  }

  /// A reader is too slow when it leaves unread what came before; not because what comes is long.
  @Override
  public synchronized boolean send(List<Frame> frames) {
    if (ended) {
      return true;
    }
    if (backlog.isTooMuch(waiting.size(), waitingBytes)) {
      return false;
    }
    if (frames.size() == 1 && mayHold(frames.getFirst())) {
      hold(frames.getFirst());
    } else {
      withHeld(frames).forEach(frame -> write(mapper.frame(frame)));
    }
    return true;
  }

  /// What was held leaves, if it has not yet.
  synchronized void release() {
    if (!ended && !held.isEmpty()) {
      withHeld(NOTHING).forEach(frame -> write(mapper.frame(frame)));
    }
  }

  /// The transport takes more.
  synchronized void drain() {
    while (!ended && !waiting.isEmpty() && call.isReady()) {
      ServerFrame next = waiting.remove();
      waitingBytes -= next.getSerializedSize();
      backlog.remove(next.getSerializedSize());
      call.onNext(next);
    }
  }

  /// The client is gone: nothing is written any more.
  synchronized void cancelled() {
    ended = true;
    forget();
  }

  /// Bounded as it is, the rest is handed to the transport whether that is ready or not.
  @Override
  public synchronized void end(List<Frame> last) {
    if (!ended) {
      ended = true;
      waiting.forEach(call::onNext);
      forget();
      withHeld(last).forEach(frame -> call.onNext(mapper.frame(frame)));
      call.onCompleted();
    }
  }

  @Override
  public synchronized void endAtOnce(Frame last) {
    forget();
    held.clear();
    end(List.of(last));
  }

  @Override
  public synchronized void refuse(Refusal refusal) {
    if (!ended) {
      ended = true;
      forget();
      call.onError(
          switch (refusal) {
            case UNAVAILABLE -> Failures.unavailable();
            case NOT_ENTERED -> Failures.invalid("frame", "no enter came", "enter first");
            case ENTERED_TWICE ->
                Failures.invalid("frame.enter", "came twice", "enter once, as the first frame");
          });
    }
  }

  @Override
  public void takeMore(int frames) {
    if (frames > 0) {
      call.request(frames);
    }
  }

  @Override
  public synchronized boolean ready() {
    return waiting.isEmpty() && call.isReady();
  }

  private void write(ServerFrame message) {
    if (waiting.isEmpty() && call.isReady()) {
      call.onNext(message);
    } else {
      waiting.add(message);
      waitingBytes += message.getSerializedSize();
      backlog.add(message.getSerializedSize());
    }
  }

  private void forget() {
    waiting.clear();
    backlog.remove(waitingBytes);
    waitingBytes = 0;
  }

  private void hold(Frame frame) {
    if (held.isEmpty()) {
      holding.add(this);
    }
    held.addAll(frame.outcomes());
  }

  private boolean mayHold(Frame frame) {
    return holding.holds()
        && held.size() < MOST_HELD
        && frame.envelopes().isEmpty()
        && frame.event() == null
        && frame.outcomes().stream()
            .allMatch(outcome -> outcome.outcome() instanceof Outcome.Stored);
  }

  /// What was held goes first.
  private List<Frame> withHeld(List<Frame> frames) {
    if (held.isEmpty()) {
      return frames;
    }
    Frame first = frames.getFirst();
    List<TextOutcome> outcomes = new ArrayList<>(held);
    held.clear();
    List<Frame> all = new ArrayList<>(frames);
    if (first.channel() == Channel.SESSION) {
      outcomes.addAll(first.outcomes());
      all.set(0, new Frame(Channel.SESSION, outcomes, first.envelopes(), first.event()));
    } else {
      all.addFirst(new Frame(Channel.SESSION, outcomes, List.of(), null));
    }
    return all;
  }
}
