package parley.platform.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.LuaScript;
import parley.platform.redis.RedisConfig;

/// Keeps one node in the directory while it lives.
///
/// Beats on a thread of its own; a beat that fails is tried again soon and never troubles the node.
/// Not in the directory until the first beat has reached Redis, which may be after [#hold]
/// returned. Thread-safe.
public final class NodeLease implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeLease.class);
  private static final LuaScript BEAT = LuaScript.resource(NodeLease.class, "node_beat.lua");
  private static final LuaScript LEAVE = LuaScript.resource(NodeLease.class, "node_leave.lua");
  private static final int TRIES_PER_BEAT = 6;
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final RegisteredNode self;
  private final Supplier<Room> room;
  private final LeaseTimes times;
  private final long incarnation;
  private final Counter failures;
  private final ScheduledExecutorService beats;
  private volatile NodeState state;

  // Touched by the thread of `beats` alone.
  private final DirectoryConnection redis;
  private byte[] lastWritten = new byte[0];
  private boolean failing;
  private boolean left;

  private NodeLease(
      RedisConfig redis,
      RegisteredNode self,
      Supplier<Room> room,
      LeaseTimes times,
      long incarnation,
      NodeContext context) {
    this.redis = new DirectoryConnection(redis);
    this.self = self;
    this.room = room;
    this.times = times;
    this.incarnation = incarnation;
    this.failures = context.meters().counter("parley.discovery.beat.failed");
    this.state = self.state();
    this.beats =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name(self.node() + "-lease").factory());
  }

  /// Registers `self` and keeps it registered until [#close]. Returns at once, also while Redis is
  /// away.
  public static NodeLease hold(
      RedisConfig redis, RegisteredNode self, LeaseTimes times, NodeContext context) {
    return hold(redis, self, times, context.random().nextLong(), context);
  }

  /// As above.
  ///
  /// @param incarnation how others tell this process from an earlier one with the same name
  public static NodeLease hold(
      RedisConfig redis,
      RegisteredNode self,
      LeaseTimes times,
      long incarnation,
      NodeContext context) {
    return started(new NodeLease(redis, self, self::room, times, incarnation, context));
  }

  /// As above, for a node that counts what it takes.
  ///
  /// @param room asked at each beat; must not block
  public static NodeLease hold(
      RedisConfig redis,
      RegisteredNode self,
      Supplier<Room> room,
      LeaseTimes times,
      NodeContext context) {
    long incarnation = context.random().nextLong();
    return started(new NodeLease(redis, self, room, times, incarnation, context));
  }

  private static NodeLease started(NodeLease lease) {
    lease.beats.execute(lease::beatAndGoOn);
    return lease;
  }

  /// Says DRAINING at once. Returns when Redis knows, or after a second; later beats go on saying
  /// it.
  public void drain() {
    state = NodeState.DRAINING;
    await(this::beat);
  }

  /// Leaves the directory; if Redis is away, the lease ends by itself. The beating thread is gone
  /// after this.
  @Override
  public void close() {
    await(this::leave);
    beats.shutdownNow();
    beats.close();
    redis.close();
  }

  private void beatAndGoOn() {
    beat();
    Duration pause = failing ? times.beat().dividedBy(TRIES_PER_BEAT) : times.beat();
    if (!left) {
      var _ = beats.schedule(this::beatAndGoOn, pause.toMillis(), MILLISECONDS);
    }
  }

  private void beat() {
    if (left) {
      return;
    }
    byte[] leaseMillis = Long.toString(times.lease().toMillis()).getBytes(UTF_8);
    try {
      byte[] entry = StoredNodes.write(self.in(state).with(room.get()), incarnation);
      Object replaced =
          redis.run(BEAT, List.of(DiscoveryKeys.name(self), leaseMillis, entry, lastWritten));
      succeeded(replaced.equals(1L));
      lastWritten = entry;
    } catch (Throwable failure) {
      // The root of a thread: a beat that throws here would be the last.
      failed(failure);
    }
  }

  /// Only the first beat may find another process under this node's id: the one it follows.
  private void succeeded(boolean replacedAnother) {
    if (failing) {
      LOG.atInfo().addKeyValue("node", self.node()).log("registered again");
    }
    if (replacedAnother && lastWritten.length > 0) {
      LOG.atError().addKeyValue("node", self.node()).log("two processes have this node id");
    }
    failing = false;
  }

  private void failed(Throwable failure) {
    failures.increment();
    if (!failing) {
      LOG.atWarn().setCause(failure).addKeyValue("node", self.node()).log("beat failed, trying on");
    }
    failing = true;
  }

  private void leave() {
    left = true;
    try {
      redis.run(LEAVE, List.of(DiscoveryKeys.name(self), lastWritten));
    } catch (RuntimeException failure) {
      failed(failure);
    }
  }

  private void await(Runnable step) {
    try {
      beats.submit(step).get(PATIENCE.toMillis(), MILLISECONDS);
    } catch (RejectedExecutionException | TimeoutException | ExecutionException notDone) {
      LOG.atDebug().setCause(notDone).addKeyValue("node", self.node()).log("not done in time");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
