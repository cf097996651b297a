package parley.match.redis;

import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import parley.domain.Cohort;
import parley.match.core.Level;
import parley.match.core.MatchTimes;
import parley.match.core.OwnerNews;
import parley.match.core.port.TicketPool;
import parley.platform.discovery.LeaseTimes;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.RedisConfig;
import parley.platform.redis.ScriptQueue;

/// One node's part in the pool on Redis: its scripts, its lease, its inbox.
public final class RedisMatch implements AutoCloseable {
  private final Lifecycle lifecycle;
  private final RedisConfig redis;
  private final NodeContext context;
  private final OwnerLease lease;
  private final TicketPool pool;

  private RedisMatch(
      Lifecycle lifecycle,
      RedisConfig redis,
      NodeContext context,
      OwnerLease lease,
      TicketPool pool) {
    this.lifecycle = lifecycle;
    this.redis = redis;
    this.context = context;
    this.lease = lease;
    this.pool = pool;
  }

  /// Connects and takes the lease, in all cohorts.
  public static RedisMatch open(
      RedisConfig redis, MatchTimes times, LeaseTimes leases, NodeContext context) {
    return open(redis, times, leases, context, Set.of(Cohort.values()));
  }

  /// Cohorts whose keys lie at this address: on a cluster, not all do.
  static RedisMatch open(
      RedisConfig redis,
      MatchTimes times,
      LeaseTimes leases,
      NodeContext context,
      Set<Cohort> cohorts) {
    Lifecycle lifecycle = new Lifecycle();
    try {
      ScriptRunner scripts = new ScriptRunner(lifecycle.own(ScriptQueue.open(redis, context)));
      MatchKeys keys = MatchKeys.of(redis);
      Duration kept = times.keptAfterEnd();
      OwnerLease lease =
          lifecycle.own(OwnerLease.hold(scripts, keys, leases, kept, context, cohorts));
      TicketPool pool = new RedisTicketPool(scripts, keys, lease, times, Level.ANYONE);
      return new RedisMatch(lifecycle, redis, context, lease, pool);
    } catch (RuntimeException failed) {
      lifecycle.close();
      throw failed;
    }
  }

  public TicketPool pool() {
    return pool;
  }

  /// From now on the owner hears what other nodes do, and of cohorts whose tickets must enter
  /// again.
  public void tell(Consumer<OwnerNews> news, Consumer<Cohort> loss) {
    lease.onLoss(loss);
    lifecycle.own(OwnerInbox.follow(redis, lease, news, context));
  }

  @Override
  public void close() {
    lifecycle.close();
  }
}
