package parley.relay;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import parley.testing.Eventually;

/// A real log before which batches can be held; one can be run twice, as after a connection that
/// broke on the way back, or end in an Error.
final class TroubledLog implements AppendLog {
  final AtomicBoolean runsTwice = new AtomicBoolean();
  final AtomicReference<Error> throwsNext = new AtomicReference<>();
  final List<LogRequest> asked = new CopyOnWriteArrayList<>();
  private final Semaphore way = new Semaphore(Integer.MAX_VALUE);
  private final AppendLog log;
  private final AtomicInteger again = new AtomicInteger();

  TroubledLog(AppendLog log) {
    this.log = log;
  }

  /// The next batch waits before the log until [#release].
  void hold() {
    way.drainPermits();
  }

  /// Returns when a batch waits.
  void awaitHeld() {
    Eventually.holds("a batch is held", way::hasQueuedThreads);
  }

  void release() {
    way.release(Integer.MAX_VALUE);
  }

  @Override
  public List<LogAnswer> run(List<LogRequest> requests) {
    way.acquireUninterruptibly();
    way.release();
    asked.addAll(requests);
    Error planned = throwsNext.getAndSet(null);
    if (planned != null) {
      throw planned;
    }
    if (runsTwice.getAndSet(false)) {
      log.run(requests);
      again.incrementAndGet();
    }
    return log.run(requests);
  }

  @Override
  public long incarnation() {
    return log.incarnation() + again.get();
  }

  @Override
  public void close() {
    log.close();
  }
}
