package parley.relay.redis;

import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.RedisConfig;
import parley.relay.Relay;
import parley.relay.RelayLimits;

/// A relay whose logs and notices go through Redis: one server, or a cluster.
public final class RedisRelay {
  private RedisRelay() {}

  /// Connects and starts.
  ///
  /// @param service whose nodes tell each other
  /// @throws parley.platform.redis.RedisUnknown if no primary answers
  public static Relay start(
      RedisConfig redis,
      String service,
      LogRetention retention,
      RelayLimits limits,
      NodeContext context) {
    return Relay.start(
        context,
        RedisAppendLogs.open(redis, retention, context),
        RedisNeighbours.open(redis, service, context),
        limits);
  }
}
