package parley.session.core;

import java.time.Duration;
import parley.relay.WatchRule;

/// When a member counts as away, and as lost.
///
/// @param silentAfter without a sign of life, whatever became of the stream
/// @param goneAfter the end of a stream: who comes back before was never away
/// @param lookEvery how often this node looks after its buckets
/// @param rule how they are looked after
public record PresenceTimes(
    Duration silentAfter, Duration goneAfter, Duration lookEvery, WatchRule rule) {}
