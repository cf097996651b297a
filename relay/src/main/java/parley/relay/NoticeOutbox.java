package parley.relay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import parley.domain.NodeId;

/// Collects what one batch has to tell other nodes, so that each hears of it once. Loop's thread
/// only.
final class NoticeOutbox {
  private final Neighbours neighbours;
  private final Map<NodeId, List<Notice>> waiting = new HashMap<>();

  NoticeOutbox(Neighbours neighbours) {
    this.neighbours = neighbours;
  }

  void add(Iterable<NodeId> nodes, Notice notice) {
    for (NodeId node : nodes) {
      waiting.computeIfAbsent(node, _ -> new ArrayList<>()).add(notice);
    }
  }

  void send() {
    if (!waiting.isEmpty()) {
      waiting.forEach(neighbours::tell);
      waiting.clear();
    }
  }
}
