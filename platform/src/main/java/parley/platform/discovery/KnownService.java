package parley.platform.discovery;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import parley.domain.NodeId;

/// The nodes of one service by the rules of [KnownNodes].
final class KnownService {
  private final Duration grace;
  private final Map<NodeId, RegisteredNode> known = new HashMap<>();
  private final Map<NodeId, Instant> missingSince = new HashMap<>();
  private Instant noRemovalBefore = Instant.MIN;

  KnownService(Duration grace) {
    this.grace = grace;
  }

  void merge(List<RegisteredNode> listed, Instant now) {
    Map<NodeId, RegisteredNode> present =
        listed.stream()
            .collect(Collectors.toMap(RegisteredNode::node, node -> node, (_, last) -> last));
    forgetFormerOwnersOfAddresses(present);
    known.putAll(present);
    missingSince.keySet().removeAll(present.keySet());
    known.keySet().stream()
        .filter(node -> !present.containsKey(node))
        .forEach(node -> missingSince.putIfAbsent(node, now));
    forgetOverdue(now);
  }

  List<RegisteredNode> view() {
    boolean doubted = missingSince.size() * 2 > known.size();
    List<RegisteredNode> seen =
        known.values().stream()
            .map(node -> doubted || !isMissing(node) ? node : node.in(NodeState.DRAINING))
            .toList();
    return seen.stream().anyMatch(node -> node.state() == NodeState.READY)
        ? seen
        : seen.stream().map(this::calledUpon).toList();
  }

  /// All drain: those that still beat are called upon, or all if none does.
  private RegisteredNode calledUpon(RegisteredNode node) {
    boolean nobodyBeats = missingSince.size() == known.size();
    return nobodyBeats || !isMissing(node) ? node.in(NodeState.READY) : node;
  }

  private boolean isMissing(RegisteredNode node) {
    return missingSince.containsKey(node.node());
  }

  /// A process started anew under another id may have the address of one that is gone.
  private void forgetFormerOwnersOfAddresses(Map<NodeId, RegisteredNode> present) {
    Set<String> addresses =
        present.values().stream()
            .map(node -> node.serving().toString())
            .collect(Collectors.toSet());
    known
        .values()
        .removeIf(
            node ->
                !present.containsKey(node.node()) && addresses.contains(node.serving().toString()));
    missingSince.keySet().retainAll(known.keySet());
  }

  private void forgetOverdue(Instant now) {
    if (now.isBefore(noRemovalBefore)) {
      return;
    }
    List<NodeId> overdue =
        missingSince.entrySet().stream()
            .filter(missing -> !missing.getValue().plus(grace).isAfter(now))
            .sorted(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey)
            .limit(known.size() / 2)
            .toList();
    if (!overdue.isEmpty()) {
      overdue.forEach(known::remove);
      overdue.forEach(missingSince::remove);
      noRemovalBefore = now.plus(grace);
    }
  }
}
