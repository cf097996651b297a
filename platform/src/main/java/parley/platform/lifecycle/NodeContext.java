package parley.platform.lifecycle;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import parley.domain.NodeId;

/// What comes into a node from outside, so that two nodes live in one process and a test can hold
/// time and chance.
///
/// @param clock the time of day, for what others read or have written: tokens, years of birth. It
///   may be set forward and back
/// @param steady for how long something lasts: its moments never jump, and mean nothing outside of
///   this node
public record NodeContext(
    NodeId id,
    Clock clock,
    InstantSource steady,
    RandomGenerator random,
    PrometheusMeterRegistry meters) {

  /// System clock, secure random numbers, meters of its own.
  public static NodeContext of(NodeId id) {
    Clock clock = Clock.systemUTC();
    return new NodeContext(
        id,
        clock,
        new SteadyTime(clock, System::nanoTime),
        new SecureRandom(),
        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
  }

  /// The same, with both times told by this clock.
  public NodeContext by(Clock held) {
    return new NodeContext(id, held, held, random, meters);
  }
}
