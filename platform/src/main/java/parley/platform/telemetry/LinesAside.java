package parley.platform.telemetry;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/// Writes log lines on a thread of its own, so that whoever logs never waits for a pipe or a disk.
/// A line that finds [#KEPT] others waiting is discarded and counted. Named in `logback.xml`.
public final class LinesAside extends AsyncAppender {
  private static final int KEPT = 8_192;

  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicLong discarded = new AtomicLong();

  public LinesAside() {
    setQueueSize(KEPT);
    // Lines are discarded when there is no room, not by their level before that.
    setDiscardingThreshold(0);
  }

  long discarded() {
    return discarded.get();
  }

  /// One at a time, so that what has room is never waited for.
  @Override
  protected void put(ILoggingEvent line) {
    lock.lock();
    try {
      if (getRemainingCapacity() == 0) {
        discarded.incrementAndGet();
      } else {
        super.put(line);
      }
    } finally {
      lock.unlock();
    }
  }
}
