package parley.session.core;

import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.relay.LogEntry;
import parley.session.core.port.Bodies;
import parley.session.core.port.Outlet;

/// The way down of one stream: collects what a batch has for it and writes it as one frame. Each
/// outcome that leaves makes room for one more frame to come up. Called with the stream's lock
/// held.
final class StreamOutput {
  private final FrameCollector collector;
  private final Outlet outlet;

  StreamOutput(Bodies bodies, Outlet outlet) {
    this.collector = new FrameCollector(bodies);
    this.outlet = outlet;
  }

  boolean ready() {
    return outlet.ready();
  }

  void takeMore(int frames) {
    outlet.takeMore(frames);
  }

  OutcomeOrder.Slot expect(long sequence) {
    return collector.order().expect(sequence);
  }

  void take(Admission self, boolean live, LogEntry entry, int epoch) {
    collector.take(self, live, entry, epoch);
  }

  /// After a reset: what is stored, but will not be delivered, is waited for no longer.
  void forgetCommitted() {
    outlet.takeMore(collector.order().forgetCommitted());
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
    outlet.takeMore(waiting - collector.order().waiting());
    return frames;
  }
}
