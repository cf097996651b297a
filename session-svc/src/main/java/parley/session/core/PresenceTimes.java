package parley.session.core;

import java.time.Duration;
import parley.relay.WatchRule;

/// When a member counts as away, and as lost.
///
/// @param silentAfter without a sign of life, whatever became of the stream
/// @param goneAfter the end of a stream: who comes back before was never away
/// @param wordFromLine how long the end of a session waits for whoever came alone, so that they
///   first hear that they have their place in line again
/// @param lookEvery how often this node looks after its buckets
/// @param rule how they are looked after
public record PresenceTimes(
    Duration silentAfter,
    Duration goneAfter,
    Duration wordFromLine,
    Duration lookEvery,
    WatchRule rule) {}
