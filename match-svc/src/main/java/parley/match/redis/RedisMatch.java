package parley.match.redis;

import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import parley.domain.Cohort;
import parley.match.core.MatchTimes;
import parley.match.core.OwnerNews;
import parley.match.core.port.BlockBacklog;
import parley.match.core.port.CrowdBoard;
import parley.match.core.port.TicketPool;
import parley.platform.discovery.LeaseTimes;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.RedisConfig;
import parley.platform.redis.ScriptQueue;

/// One node's part in the pool on Redis: its scripts, its lease, its inbox.
public final class RedisMatch implements AutoCloseable {
  /// The reaper's pace: a hundred keys so often.
  private static final int STEPS_A_BEAT = 6;

  private final Lifecycle lifecycle;
  private final RedisConfig redis;
  private final NodeContext context;
  private final OwnerLease lease;
  private final TicketPool pool;
  private final CrowdBoard board;
  private final BlockBacklog backlog;

  private RedisMatch(
      Lifecycle lifecycle,
      RedisConfig redis,
      NodeContext context,
      OwnerLease lease,
      TicketPool pool,
      Sides sides) {
    this.lifecycle = lifecycle;
    this.redis = redis;
    this.context = context;
    this.lease = lease;
    this.pool = pool;
    this.board = sides.board();
    this.backlog = sides.backlog();
  }

  /// What stands beside the pool.
  private record Sides(CrowdBoard board, BlockBacklog backlog) {}

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
      PoolMeters meters = new PoolMeters(context.meters());
      ScriptRunner scripts =
          new ScriptRunner(lifecycle.own(ScriptQueue.open(redis, context)), meters);
      ScriptRunner beats =
          new ScriptRunner(lifecycle.own(ScriptQueue.open(redis, "beats", context)), meters);
      MatchKeys keys = MatchKeys.of(redis);
      Duration kept = times.keptAfterEnd();
      OwnerLease lease =
          lifecycle.own(OwnerLease.hold(beats, keys, leases, kept, context, cohorts));
      Duration step = leases.beat().dividedBy(STEPS_A_BEAT);
      lifecycle.own(Reaper.start(scripts, keys, lease, times, step, context));
      TicketPool pool = new RedisTicketPool(scripts, keys, lease, times, meters);
      Sides sides =
          new Sides(
              new RedisCrowdBoard(scripts, keys, lease.owner()),
              new RedisBlockBacklog(scripts, keys));
      return new RedisMatch(lifecycle, redis, context, lease, pool, sides);
    } catch (RuntimeException failed) {
      lifecycle.close();
      throw failed;
    }
  }

  public TicketPool pool() {
    return pool;
  }

  public CrowdBoard board() {
    return board;
  }

  public BlockBacklog backlog() {
    return backlog;
  }

  /// What could not be refilled is tried again now, not at the next beat.
  public void refillSoon() {
    lease.beatSoon();
  }

  /// What it is refilled from is about to close.
  public void endRefilling() {
    lease.endRefilling();
  }

  /// Whether it acts in all cohorts.
  public boolean acts() {
    return lease.acts();
  }

  /// Whether it acts in this cohort.
  public boolean acts(Cohort cohort) {
    return lease.acts(cohort);
  }

  /// From now on the owner hears what other nodes do, and of cohorts whose tickets must enter
  /// again.
  public void tell(Consumer<OwnerNews> news, LossListener loss) {
    lease.onLoss(loss);
    lifecycle.own(OwnerInbox.follow(redis, lease, news, context));
  }

  @Override
  public void close() {
    lifecycle.close();
  }
}
