package parley.match;

import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.domain.Cohort;
import parley.match.core.LastingBlocks;
import parley.match.core.Refusals;
import parley.match.core.port.BlockBacklog;
import parley.match.core.port.Blocks;
import parley.match.core.port.BlocksAway;
import parley.match.core.port.PoolUnavailable;
import parley.match.jooq.JooqBlocks;
import parley.match.redis.RedisMatch;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.NodeContext;
import parley.platform.postgres.PostgresConfig;
import parley.platform.postgres.PostgresStore;

/// Keeps blocks in PostgreSQL, tells all of them to a Redis that lost its state, and in the
/// background makes up for what is missing: brings over what had to wait in Redis, tells those of
/// the last minutes again where a connection was made anew, because that Redis may have lost its
/// tail, and reads all of them once more before the first could lapse there. Looks every second,
/// more often while this node waits for a refill; while PostgreSQL is away, ever more seldom, up to
/// every five seconds.
///
/// Without PostgreSQL blocks last as long as Redis keeps them.
final class BlockKeeping implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("parley.match");
  private static final Duration SOON = Duration.ofMillis(200);
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration SELDOM = Duration.ofSeconds(5);
  private static final Duration LATELY = Duration.ofMinutes(10);

  private final Lifecycle lifecycle = new Lifecycle();
  private final RedisMatch redis;
  private final BlockBacklog backlog;
  private final Refusals refusals;
  private final @Nullable LastingBlocks lasting;
  private final RandomGenerator random;
  private final Counter brought;
  private final Counter failures;
  private final Thread thread;

  /// Which incarnation was told the blocks of lately; touched by the thread alone.
  private final Map<Cohort, Long> repeated = new EnumMap<>(Cohort.class);

  private BlockKeeping(Optional<PostgresConfig> config, RedisMatch redis, NodeContext context) {
    this.redis = redis;
    random = context.random();
    brought = context.meters().counter("parley.match.blocks.brought");
    failures = context.meters().counter("parley.match.blocks.failures");
    backlog = redis.backlog();
    lasting = config.map(at -> lasting(at, context)).orElse(null);
    refusals = new Refusals(redis.pool(), lasting == null ? Blocks.NONE : lasting);
    thread = Thread.ofVirtual().name(context.id() + "-blocks").unstarted(this::run);
  }

  /// Does nothing by itself before [#start].
  static BlockKeeping open(Optional<PostgresConfig> config, RedisMatch redis, NodeContext context) {
    return new BlockKeeping(config, redis, context);
  }

  Refusals refusals() {
    return refusals;
  }

  /// Tells Redis all blocks of a cohort.
  ///
  /// @throws PoolUnavailable if they cannot be read or written now
  void refill(Cohort cohort) {
    if (lasting == null) {
      return;
    }
    try {
      refusals.reload(cohort);
      backlog.markWhole(cohort);
      LOG.atInfo().addKeyValue("cohort", cohort.code()).log("blocks read");
    } catch (BlocksAway away) {
      failures.increment();
      throw new PoolUnavailable("blocks cannot be read", away);
    }
  }

  /// From now on in the background.
  void start() {
    if (lasting != null) {
      thread.start();
    }
  }

  @Override
  public void close() {
    redis.endRefilling();
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    lifecycle.close();
  }

  private LastingBlocks lasting(PostgresConfig config, NodeContext context) {
    PostgresStore postgres = lifecycle.own(PostgresStore.open(config, context));
    LastingBlocks blocks = new LastingBlocks(new JooqBlocks(postgres), backlog);
    context.meters().gauge("parley.match.blocks.away", blocks, one -> one.away() ? 1 : 0);
    return blocks;
  }

  private void run() {
    Duration pause = SOON;
    while (!Thread.currentThread().isInterrupted()) {
      pause = turn() ? EVERY : longer(pause);
      LockSupport.parkNanos(pause.toNanos() / 2 + random.nextLong(pause.toNanos()));
    }
  }

  /// In each cohort that this node acts in, whatever becomes of the others.
  ///
  /// @return whether all is done
  private boolean turn() {
    boolean done = redis.acts();
    if (!done) {
      redis.refillSoon();
    }
    for (Cohort cohort : Cohort.values()) {
      done &= redis.acts(cohort) && turn(cohort);
    }
    return done;
  }

  private boolean turn(Cohort cohort) {
    try {
      brought.increment(lasting == null ? 0 : lasting.bringOver(cohort));
      if (!backlog.isWhole(cohort)) {
        refill(cohort);
      }
      repeat(cohort);
      return true;
    } catch (BlocksAway | PoolUnavailable later) {
      failures.increment();
      return false;
    } catch (RuntimeException fault) {
      failures.increment();
      LOG.atError().setCause(fault).log("blocks cannot be kept");
      return false;
    }
  }

  /// Whoever answers now may have lost what was acknowledged before: a tail that was not on disk,
  /// or not at the replica. Longer ago than this, it is taken for safe.
  private void repeat(Cohort cohort) {
    long now = backlog.incarnation(cohort);
    Long before = repeated.get(cohort);
    if (before == null || before != now) {
      refusals.repeat(LATELY, cohort);
      repeated.put(cohort, now);
    }
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(SELDOM) < 0 ? twice : SELDOM;
  }
}
