package parley.platform.redis;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/// What the commits of one queue count.
final class CommitMetrics {
  private final Counter again;
  private final Counter shortWaits;
  private final Counter degradedBatches;
  private final AtomicInteger degraded;

  CommitMetrics(MeterRegistry meters, String queue) {
    Tags tags = Tags.of("queue", queue);
    again = meters.counter("parley.redis.batches.again", tags);
    shortWaits = meters.counter("parley.redis.waits.short", tags);
    degradedBatches = meters.counter("parley.redis.batches.degraded", tags);
    degraded =
        Objects.requireNonNull(meters.gauge("parley.redis.degraded", tags, new AtomicInteger()));
  }

  void sentAgain() {
    again.increment();
  }

  void shortWait() {
    shortWaits.increment();
  }

  void degradedBatch() {
    degradedBatches.increment();
  }

  void degraded(int now) {
    degraded.set(now);
  }
}
