package parley.match.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import parley.domain.NodeId;
import parley.match.core.MatchTimes;
import parley.match.core.port.TicketPool;
import parley.platform.config.HostPort;
import parley.platform.discovery.LeaseTimes;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.RedisConfig;
import parley.testing.TestRedis;
import redis.clients.jedis.Jedis;

/// Pools of several nodes over one key prefix of a real Redis, and a look at what lies there.
final class Pools implements AutoCloseable {
  private final Lifecycle lifecycle = new Lifecycle();
  private final RedisConfig redis;
  private final Jedis look;

  Pools() {
    this(TestRedis.shared());
  }

  Pools(String address) {
    redis = new RedisConfig(HostPort.parse(address), TestRedis.prefix());
    look = lifecycle.own(new Jedis(redis.address().host(), redis.address().port()));
  }

  RedisMatch node(String id) {
    return node(id, MatchTimes.DEFAULT, LeaseTimes.DEFAULT);
  }

  RedisMatch node(String id, MatchTimes times, LeaseTimes leases) {
    return lifecycle.own(RedisMatch.open(redis, times, leases, NodeContext.of(new NodeId(id))));
  }

  TicketPool pool(String id) {
    return node(id).pool();
  }

  RedisConfig redis() {
    return redis;
  }

  /// For plain commands; used by one thread.
  Jedis look() {
    return look;
  }

  /// A key of the adults, by its name inside the tag.
  String key(String name) {
    return redis.prefix() + "{m18}" + name;
  }

  /// Who stands in a queue, in any of them.
  Set<String> standing() {
    Set<String> standing = new TreeSet<>();
    queues().forEach(queue -> standing.addAll(look.zrange(queue, 0, -1)));
    return standing;
  }

  List<String> queues() {
    return new ArrayList<>(look.keys(redis.prefix() + "{m18}q:*"));
  }

  @Override
  public void close() {
    lifecycle.close();
  }
}
