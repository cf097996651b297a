package parley.session.core;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import parley.relay.LogEntry;
import parley.session.core.port.Bodies;
import parley.session.core.port.Outlet;

/// The way down of one stream: collects what a batch has for it and writes it as one frame. Each
/// outcome that leaves makes room for one more frame to come up; the transport is told of room in
/// portions, since each time wakes its thread. Called with the stream's lock held, but for
/// [#takeMore] and [#holdBack].
final class StreamOutput {
  /// Less than one of so many parts of what may be outstanding is kept back.
  private static final int PORTIONS = 4;

  private final FrameCollector collector;
  private final Outlet outlet;
  private final int portion;
  private final AtomicInteger room = new AtomicInteger();

  /// @param outstanding frames that may be on their way up
  StreamOutput(Bodies bodies, Outlet outlet, int outstanding) {
    this.collector = new FrameCollector(bodies);
    this.outlet = outlet;
    this.portion = Math.max(1, outstanding / PORTIONS);
  }

  boolean ready() {
    return outlet.ready();
  }

  /// Any thread.
  void takeMore(int frames) {
    int before = room.getAndUpdate(kept -> kept + frames >= portion ? 0 : kept + frames);
    if (before + frames >= portion) {
      outlet.takeMore(before + frames);
    }
  }

  /// So many of the outcomes that leave make no room yet. Any thread.
  void holdBack(int frames) {
    room.addAndGet(-frames);
  }

  OutcomeOrder.Slot expect(long sequence) {
    return collector.order().expect(sequence);
  }

  void take(Admission self, boolean live, LogEntry entry, int epoch) {
    collector.take(self, live, entry, epoch);
  }

  /// After a reset: what is stored, but will not be delivered, is waited for no longer.
  void forgetCommitted() {
    takeMore(collector.order().forgetCommitted());
  }

  /// Writes what was collected, and the event after it. False if the reader is too far behind.
  boolean write(@Nullable StreamEvent event) {
    List<Frame> frames = collected(event);
    return frames.isEmpty() || outlet.send(frames);
  }

  /// As above, of another channel: what was collected stays.
  boolean write(Frame frame) {
    return outlet.send(List.of(frame));
  }

  void end(StreamEvent.End last) {
    outlet.end(collected(last));
  }

  /// Nothing of what was collected is written any more.
  void endAtOnce(StreamEvent.End last) {
    outlet.endAtOnce(new Frame(List.of(), List.of(), last));
  }

  void refuse(Refusal refusal) {
    outlet.refuse(refusal);
  }

  private List<Frame> collected(@Nullable StreamEvent event) {
    int waiting = collector.order().waiting();
    List<Frame> frames = collector.frames(event);
    takeMore(waiting - collector.order().waiting());
    return frames;
  }
}
