package parley.session;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import parley.platform.discovery.NodeLease;
import parley.platform.grpc.AdminPort;
import parley.platform.grpc.ServingPort;
import parley.session.core.Conversations;

/// How a node goes away: it leaves the door, then tells its streams to resume elsewhere.
record SessionDrain(
    NodeLease lease, ServingPort serving, AdminPort admin, Conversations conversations) {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  /// Blocks until all streams are gone or the time is over.
  void run(Duration doorPause, Duration within) {
    lease.drain();
    serving.draining();
    admin.draining();
    await(doorPause, () -> false);
    conversations.drain();
    await(within, () -> conversations.streams() == 0);
  }

  private static void await(Duration atMost, BooleanSupplier done) {
    long end = System.nanoTime() + atMost.toNanos();
    while (!done.getAsBoolean() && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
  }
}
