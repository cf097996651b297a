package parley.relay;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.domain.NodeId;

/// A session's state and what appends never touch.
///
/// @param nodes where each member attached last
/// @param closing present once the session is closed
public record SessionFacts(LogState state, Map<Integer, NodeId> nodes, @Nullable Closing closing) {
  public SessionFacts {
    nodes = Map.copyOf(nodes);
  }
}
