package parley.session;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.relay.Bucket;
import parley.relay.BucketReport;

/// How full the outboxes are that this node looks after, and what they could not take. Thread-safe.
final class OutboxMeters {
  private static final Logger LOG = LoggerFactory.getLogger("parley.session");
  private static final Duration SAY_EVERY = Duration.ofMinutes(1);

  private final Map<Bucket, Depth> depths = new ConcurrentHashMap<>();
  private final Counter dropped;
  private long unsaid;
  private long saidAt = System.nanoTime() - SAY_EVERY.toNanos();

  OutboxMeters(MeterRegistry meters) {
    dropped = meters.counter("parley.session.outbox.dropped");
    meters.gauge("parley.session.outbox.depth", depths, OutboxMeters::entries);
    meters.gauge("parley.session.outbox.oldest.seconds", depths, OutboxMeters::oldestSeconds);
  }

  void looked(Bucket bucket, BucketReport report) {
    depths.put(bucket, new Depth(report.outbox(), age(report)));
    if (report.dropped() > 0) {
      dropped.increment((double) report.dropped());
    }
    say(report.dropped());
  }

  /// Another node looks after it now.
  void forget(Bucket bucket) {
    depths.remove(bucket);
  }

  /// Once a minute.
  private synchronized void say(long more) {
    unsaid += more;
    if (unsaid > 0 && System.nanoTime() - saidAt >= SAY_EVERY.toNanos()) {
      LOG.atError().addKeyValue("entries", unsaid).log("outbox is full, entries were dropped");
      unsaid = 0;
      saidAt = System.nanoTime();
    }
  }

  /// An entry's id begins with when it was written.
  private static Duration age(BucketReport report) {
    String oldest = report.oldest();
    if (oldest == null) {
      return Duration.ZERO;
    }
    long millis = Long.parseLong(oldest.substring(0, oldest.indexOf('-')));
    return Duration.between(Instant.ofEpochMilli(millis), report.at());
  }

  private static double entries(Map<Bucket, Depth> depths) {
    return depths.values().stream().mapToLong(Depth::entries).sum();
  }

  private static double oldestSeconds(Map<Bucket, Depth> depths) {
    return depths.values().stream().mapToLong(d -> d.oldest().toMillis()).max().orElse(0) / 1e3;
  }

  private record Depth(long entries, Duration oldest) {}
}
