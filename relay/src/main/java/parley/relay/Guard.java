package parley.relay;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs what callers and subscribers gave: one's fault is logged, counted, and hurts no other.
final class Guard {
  private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

  private final RelayMetrics metrics;

  Guard(RelayMetrics metrics) {
    this.metrics = metrics;
  }

  void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException fault) {
      metrics.fault();
      LOG.atError().setCause(fault).log("relay task failed");
    }
  }

  /// A subscriber that fails has missed something: its stream ends.
  void run(Subscription subscription, Runnable task) {
    try {
      task.run();
    } catch (RuntimeException fault) {
      metrics.fault();
      LOG.atError()
          .setCause(fault)
          .addKeyValue("session", subscription.session())
          .log("subscriber failed, its stream ends with resume");
      run(() -> subscription.end(subscription.subscriber()::unavailable));
    }
  }
}
