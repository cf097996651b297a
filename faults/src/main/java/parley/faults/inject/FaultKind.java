package parley.faults.inject;

import java.util.EnumSet;
import java.util.Set;
import parley.faults.machine.Store;

/// What can be done to a machine. Each is over by itself, and then repaired.
public enum FaultKind {
  /// SIGKILL for a session node; it is started again.
  KILL_NODE,
  /// SIGSTOP for a session node until its lease is over, then SIGCONT.
  PAUSE_NODE,
  /// SIGTERM for a session node; it drains, ends and is started again.
  DRAIN_NODE,
  /// SIGKILL for Redis; it is started again with its file.
  RESTART_STORE,
  /// The primary is cut off and its replica promoted.
  FAIL_OVER,
  /// The replica is parted from a primary that clients still reach, and promoted later: what was
  /// not waited for is lost.
  LOSE_TAIL,
  /// SIGKILL for PostgreSQL; it is started again.
  STOP_POSTGRES,
  /// Connections of nodes to Redis are cut in the middle of messages.
  CUT_STORE,
  /// Connections of members to the door are cut in the middle of messages.
  CUT_DOOR;

  /// All that make sense for such a store.
  public static Set<FaultKind> of(Store.Kind store) {
    EnumSet<FaultKind> kinds = EnumSet.allOf(FaultKind.class);
    if (store == Store.Kind.SINGLE) {
      kinds.removeAll(EnumSet.of(FAIL_OVER, LOSE_TAIL));
    } else {
      kinds.remove(RESTART_STORE);
    }
    return kinds;
  }
}
