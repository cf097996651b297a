package parley.match.redis;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import parley.platform.redis.LuaScript;

/// What the pool costs and meets: `parley.match.scripts.took`, by script, from the call to the
/// answer; `parley.match.refusals.met`, people who were found and passed over.
final class PoolMeters {
  private final MeterRegistry meters;
  private final Counter refusals;

  PoolMeters(MeterRegistry meters) {
    this.meters = meters;
    this.refusals = meters.counter("parley.match.refusals.met");
  }

  void passedOver(long people) {
    refusals.increment((double) people);
  }

  void took(LuaScript script, Duration time) {
    Timer timer = meters.timer("parley.match.scripts.took", "script", script.name());
    timer.record(time);
  }
}
