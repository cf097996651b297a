package parley.platform.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Waits after a batch until enough replicas have it. Used by one thread.
final class ReplicaWait {
  private static final Logger LOG = LoggerFactory.getLogger(ReplicaWait.class);
  private static final Duration ONE_WAIT = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(4);
  private static final Duration SHORTEST_WAIT = Duration.ofMillis(100);
  private static final Duration TRY_EVERY = Duration.ofSeconds(1);

  private final ReplicaRule rule;
  private final String prefix;
  private final CommitMetrics metrics;
  private boolean degraded;
  private long tryAgainAt;

  ReplicaWait(RedisConfig config, CommitMetrics metrics) {
    this.rule = config.replicas();
    this.prefix = config.prefix();
    this.metrics = metrics;
    if (rule.required() > 0 && rule.shortage() == ReplicaRule.Shortage.DEGRADED) {
      LOG.atWarn().log("redis.replica-shortage is degraded: commits go on without replicas");
    }
  }

  /// A key for marks; another number may be in another slot of a cluster.
  byte[] mark(int number) {
    return (prefix + "{w" + number + "}mark").getBytes(StandardCharsets.UTF_8);
  }

  /// Whether the next batch has to wait for replicas.
  boolean asks() {
    boolean asks = rule.required() > 0 && !(degraded && System.nanoTime() - tryAgainAt < 0);
    if (!asks && degraded) {
      metrics.degradedBatch();
    }
    return asks;
  }

  void ask(ScriptConnection connection, byte[] mark) {
    connection.askReplicas(mark, rule.required(), degraded ? SHORTEST_WAIT : ONE_WAIT);
  }

  /// Returns when what was written on this connection counts as committed.
  ///
  /// @param have the answer to the first question
  /// @throws RedisUnknown if the connection broke
  /// @throws ReplicasMissing if too few replicas had it within five seconds
  void await(ScriptConnection connection, byte[] mark, int have) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (int now = have; now < rule.required(); now = connection.replicas()) {
      metrics.shortWait();
      if (rule.shortage() == ReplicaRule.Shortage.DEGRADED) {
        goOnWithout(now);
        return;
      }
      if (System.nanoTime() - deadline >= 0) {
        throw new ReplicasMissing(now, rule.required());
      }
      ask(connection, mark);
    }
    recovered();
  }

  private void goOnWithout(int have) {
    if (!degraded) {
      LOG.atError()
          .log(
              "{} of {} replicas follow: commits go on without, and are lost if the primary dies",
              have,
              rule.required());
    }
    degraded = true;
    tryAgainAt = System.nanoTime() + TRY_EVERY.toNanos();
    metrics.degraded(1);
    metrics.degradedBatch();
  }

  private void recovered() {
    if (degraded) {
      LOG.atWarn().log("enough replicas follow again: commits wait for them");
    }
    degraded = false;
    metrics.degraded(0);
  }
}
