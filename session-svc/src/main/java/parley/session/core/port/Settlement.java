package parley.session.core.port;

import java.util.List;
import parley.session.core.Admission;

/// Tells match-svc what became of a match: best effort, may be told again; the first stands.
/// Returns at once.
public interface Settlement {
  /// @param member any of the session's
  /// @param entered numbers of the members who entered
  void settle(Admission member, List<Integer> entered);
}
