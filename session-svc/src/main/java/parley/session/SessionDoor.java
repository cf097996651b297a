package parley.session;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import parley.platform.discovery.NodeLease;
import parley.platform.discovery.NodeState;
import parley.platform.discovery.RegisteredNode;
import parley.platform.discovery.ServiceName;
import parley.platform.lifecycle.NodeContext;
import parley.relay.Relay;
import parley.session.core.Conversations;

/// How a node comes to the door, and goes away: it leaves the door first, then tells its streams to
/// resume elsewhere.
record SessionDoor(NodeLease lease, NodePorts ports, Conversations talks) implements AutoCloseable {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  /// Healthy and in the directory from here on.
  static SessionDoor enter(
      SessionConfig config,
      NodePorts ports,
      Conversations talks,
      Relay relay,
      NodeContext context) {
    ports.ready();
    RegisteredNode self =
        new RegisteredNode(
            ServiceName.SESSION,
            context.id(),
            ports.serving().address(),
            ports.mesh().address(),
            NodeState.READY);
    NodeLease lease =
        NodeLease.hold(config.redis(), self, config.lease(), relay.self().number(), context);
    return new SessionDoor(lease, ports, talks);
  }

  /// Leaves the directory; when the door has seen that, is no longer healthy, tells streams to
  /// resume elsewhere, and takes no more calls. Blocks until everything that was to be said has
  /// left, or the time is over.
  void drain(DrainTimes times) {
    lease.drain();
    await(times.doorPause(), () -> false);
    ports.draining();
    long end = System.nanoTime() + times.spread().plus(times.within()).toNanos();
    talks.drain(times.spread());
    await(left(end), () -> talks.streams() == 0);
    ports.finish(left(end));
  }

  @Override
  public void close() {
    lease.close();
  }

  private static Duration left(long endNanos) {
    return Duration.ofNanos(Math.max(0, endNanos - System.nanoTime()));
  }

  private static void await(Duration atMost, BooleanSupplier done) {
    long end = System.nanoTime() + atMost.toNanos();
    while (!done.getAsBoolean() && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
  }
}
