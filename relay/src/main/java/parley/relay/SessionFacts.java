package parley.relay;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import parley.domain.NodeId;

/// A session's state and what appends never touch.
///
/// @param nodes where each member attached last
/// @param away members whose newest attachment is gone or silent
/// @param who each member is that entered a watched session
/// @param receipts of members that gave any
/// @param closing present once the session is closed
public record SessionFacts(
    LogState state,
    Map<Integer, NodeId> nodes,
    Set<Integer> away,
    Map<Integer, Who> who,
    Map<Integer, Receipt> receipts,
    @Nullable Closing closing) {
  public SessionFacts {
    nodes = Map.copyOf(nodes);
    away = Set.copyOf(away);
    who = Map.copyOf(who);
    receipts = Map.copyOf(receipts);
  }
}
