package parley.session.api;

import java.util.concurrent.atomic.LongAdder;

/// What waits for all readers of a node. Any thread.
final class Backlog {
  /// What nobody is grudged, however much waits for others: this part of a reader's own bound.
  private static final int SHARE = 16;

  private final QueueBounds bounds;
  private final LongAdder bytes = new LongAdder();

  Backlog(QueueBounds bounds) {
    this.bounds = bounds;
  }

  void add(long more) {
    bytes.add(more);
  }

  void remove(long gone) {
    bytes.add(-gone);
  }

  /// Whether a reader for whom so much waits is too slow.
  boolean isTooMuch(int framesOfOne, long bytesOfOne) {
    return framesOfOne >= bounds.frames()
        || bytesOfOne >= bounds.bytes()
        || (bytesOfOne >= bounds.bytes() / SHARE && bytes.sum() >= bounds.nodeBytes());
  }
}
