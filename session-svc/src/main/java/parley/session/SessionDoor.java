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
record SessionDoor(NodeLease lease, NodePorts ports, Conversations talks)
    implements AutoCloseable {
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

  /// Blocks until all streams are gone or the time is over.
  void drain(Duration doorPause, Duration within) {
    lease.drain();
    ports.draining();
    await(doorPause, () -> false);
    talks.drain();
    await(within, () -> talks.streams() == 0);
  }

  @Override
  public void close() {
    lease.close();
  }

  private static void await(Duration atMost, BooleanSupplier done) {
    long end = System.nanoTime() + atMost.toNanos();
    while (!done.getAsBoolean() && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
  }
}
