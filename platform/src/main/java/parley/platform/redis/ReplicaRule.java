package parley.platform.redis;

import parley.platform.config.Settings;

/// When a batch counts as committed, and what is done while too few replicas follow.
///
/// @param required replicas that must have a batch before anything of it leaves the node; 0: the
///   primary alone
public record ReplicaRule(int required, Shortage shortage) {
  /// What too few replicas mean.
  public enum Shortage {
    /// Nothing is committed: calls end as unknown after five seconds.
    STOP,
    /// The primary alone is enough until they are back: what was committed meanwhile is lost if it
    /// dies. Logged when it begins and ends, counted while it lasts.
    DEGRADED
  }

  /// The primary alone.
  public static final ReplicaRule NONE = new ReplicaRule(0, Shortage.STOP);

  static ReplicaRule read(Settings settings) {
    return new ReplicaRule(
        settings.integer("redis.replicas-required", 0, 8, NONE.required()),
        settings.oneOf("redis.replica-shortage", Shortage.class, NONE.shortage()));
  }
}
