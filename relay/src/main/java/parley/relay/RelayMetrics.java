package parley.relay;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/// What the relay counts.
final class RelayMetrics {
  private final Counter stored;
  private final Counter delivered;
  private final Counter gaps;
  private final Counter attached;
  private final Counter reconnects;
  private final Counter unavailable;
  private final Counter faults;
  private final DistributionSummary batches;
  private final AtomicInteger subscribers;
  private final Map<ResetReason, Counter> resets = new EnumMap<>(ResetReason.class);

  RelayMetrics(MeterRegistry meters) {
    stored = meters.counter("parley.relay.messages.stored");
    delivered = meters.counter("parley.relay.messages.delivered");
    gaps = meters.counter("parley.relay.gaps.read");
    attached = meters.counter("parley.relay.members.attached");
    reconnects = meters.counter("parley.relay.connection.renewed");
    unavailable = meters.counter("parley.relay.batches.unavailable");
    faults = meters.counter("parley.relay.loop.faults");
    batches = meters.summary("parley.relay.batch.size");
    subscribers = meters.gauge("parley.relay.subscribers", new AtomicInteger());
    for (ResetReason reason : ResetReason.values()) {
      resets.put(
          reason,
          meters.counter(
              "parley.relay.streams.reset", "reason", reason.name().toLowerCase(Locale.ROOT)));
    }
  }

  void batch(int size) {
    batches.record(size);
  }

  void stored(int messages) {
    stored.increment(messages);
  }

  void delivered(int messages) {
    delivered.increment(messages);
  }

  void gap() {
    gaps.increment();
  }

  void attached() {
    attached.increment();
  }

  void reset(ResetReason reason) {
    Objects.requireNonNull(resets.get(reason)).increment();
  }

  void connectionRenewed() {
    reconnects.increment();
  }

  void unavailable() {
    unavailable.increment();
  }

  void fault() {
    faults.increment();
  }

  void subscribers(int change) {
    subscribers.addAndGet(change);
  }
}
