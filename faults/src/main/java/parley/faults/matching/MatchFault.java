package parley.faults.matching;

import java.util.EnumSet;
import java.util.Set;
import parley.faults.machine.Store;

/// What can be done to the machine of a matching run. Each is over by itself, and then repaired.
public enum MatchFault {
  /// SIGKILL for a match node; it is started again.
  KILL_NODE,
  /// SIGSTOP for a match node until its lease is over, then SIGCONT.
  PAUSE_NODE,
  /// SIGTERM for a match node; it drains, ends and is started again.
  DRAIN_NODE,
  /// SIGKILL for Redis; it is started again with its file.
  RESTART_STORE,
  /// Redis forgets everything.
  EMPTY_STORE,
  /// The primary is cut off and its replica promoted.
  FAIL_OVER;

  /// All that make sense for such a store.
  static Set<MatchFault> of(Store.Kind store) {
    EnumSet<MatchFault> kinds = EnumSet.allOf(MatchFault.class);
    kinds.remove(store == Store.Kind.SINGLE ? FAIL_OVER : RESTART_STORE);
    return kinds;
  }
}
