package parley.session.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import parley.session.core.port.Timers;

/// Remembers which writers hold something back, and lets them go on together: one alarm for all of
/// a node's streams. Any thread.
final class HeldFrames {
  private final Timers timers;
  private final Duration hold;
  private List<StreamWriter> holding = new ArrayList<>();

  HeldFrames(Timers timers, Duration hold) {
    this.timers = timers;
    this.hold = hold;
  }

  boolean holds() {
    return hold.isPositive();
  }

  /// Its [StreamWriter#release] is called when the time is over, once.
  void add(StreamWriter writer) {
    synchronized (this) {
      holding.add(writer);
      if (holding.size() > 1) {
        return;
      }
    }
    timers.after(hold, this::release);
  }

  private void release() {
    List<StreamWriter> all;
    synchronized (this) {
      all = holding;
      holding = new ArrayList<>();
    }
    all.forEach(StreamWriter::release);
  }
}
