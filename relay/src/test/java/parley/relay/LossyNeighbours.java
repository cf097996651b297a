package parley.relay;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import parley.domain.NodeId;

/// Nodes of one process that tell each other at once, or lose what they say.
final class LossyNeighbours {
  final AtomicBoolean losing = new AtomicBoolean();
  private final Map<NodeId, Runnable> missed = new HashMap<>();
  private final Map<NodeId, Consumer<List<Notice>>> listeners = new HashMap<>();

  /// What a renewed subscription says.
  void subscribedAnew(NodeId node) {
    Objects.requireNonNull(missed.get(node)).run();
  }

  Neighbours of(NodeId self) {
    return new Neighbours() {
      @Override
      public void tell(NodeId node, List<Notice> notices) {
        if (!losing.get() && listeners.containsKey(node)) {
          listeners.get(node).accept(List.copyOf(notices));
        }
      }

      @Override
      public void listen(Consumer<List<Notice>> notices, Runnable whenMissed) {
        listeners.put(self, notices);
        missed.put(self, whenMissed);
      }

      @Override
      public void close() {}
    };
  }
}
