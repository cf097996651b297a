package parley.relay.redis;

import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.RedisConfig;
import parley.platform.redis.RedisStore;
import parley.relay.Bucket;
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

  /// Removes what is kept beside the sessions: whose time comes when, what waits for the archive.
  /// For an installation that was only tried out; sessions expire by themselves.
  ///
  /// @throws parley.platform.redis.RedisUnknown if no primary answers
  public static void forget(RedisConfig redis) {
    RelayKeys keys = new RelayKeys(redis.prefix());
    try (RedisStore store = RedisStore.open(redis)) {
      for (Bucket bucket : Bucket.all()) {
        var _ =
            store.ask(jedis -> jedis.del(keys.due(bucket), keys.outbox(bucket), keys.tick(bucket)));
      }
    }
  }
}
