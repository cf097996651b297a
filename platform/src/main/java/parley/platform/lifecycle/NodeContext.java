package parley.platform.lifecycle;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.random.RandomGenerator;
import parley.domain.NodeId;

/// What comes into a node from outside, so that two nodes live in one process and a test can hold
/// time and chance.
public record NodeContext(
    NodeId id, Clock clock, RandomGenerator random, PrometheusMeterRegistry meters) {

  /// System clock, secure random numbers, meters of its own.
  public static NodeContext of(NodeId id) {
    return new NodeContext(
        id,
        Clock.systemUTC(),
        new SecureRandom(),
        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
  }
}
