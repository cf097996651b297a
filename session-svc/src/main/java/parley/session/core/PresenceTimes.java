package parley.session.core;

import java.time.Duration;
import parley.relay.WatchRule;

/// When a member counts as away, and as lost.
///
/// @param silentAfter without a sign of life, whatever became of the stream
/// @param goneAfter the end of a stream: who comes back before was never away
/// @param aiGrace an AI whose stream is gone is told as lost within this: nobody waits for it as
///   for a person
/// @param wordFromLine how long the end of a session waits for whoever came alone, so that they
///   first hear that they have their place in line again
/// @param lookEvery how often this node looks after its buckets
/// @param rule how they are looked after
public record PresenceTimes(
    Duration silentAfter,
    Duration goneAfter,
    Duration aiGrace,
    Duration wordFromLine,
    Duration lookEvery,
    WatchRule rule) {
  /// How long an AI may be away: what is left of its grace between the end of its stream and the
  /// look that finds it.
  Duration aiPatience() {
    Duration left = aiGrace.minus(goneAfter).minus(lookEvery.multipliedBy(2));
    return left.isPositive() ? left : Duration.ofMillis(1);
  }
}
