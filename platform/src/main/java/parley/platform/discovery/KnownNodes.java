package parley.platform.discovery;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What a reader of the directory goes by: new nodes at once, missing ones slowly.
///
/// A node that is no longer listed is seen as DRAINING and forgotten after a grace; at most half of
/// a service's nodes are forgotten at once, and then none for another grace, so a last node is
/// never forgotten. If more than half of a service is missing, the directory is doubted, not the
/// nodes: they keep their state, and whoever calls them finds out who is dead. A service whose
/// nodes all drain is seen as if none did: somebody must take its calls. A reader that gets an
/// error from the directory does not merge, and keeps what it has.
///
/// Used by one thread.
public final class KnownNodes {
  private final Duration grace;
  private final Map<ServiceName, KnownService> services = new EnumMap<>(ServiceName.class);

  /// @param grace from a node's first absence to its removal
  public KnownNodes(Duration grace) {
    this.grace = grace;
  }

  /// Takes in a list of the directory and returns what to go by, ordered by service and node. `now`
  /// is the reader's own, steady time.
  public List<RegisteredNode> merge(List<RegisteredNode> listed, Instant now) {
    Map<ServiceName, List<RegisteredNode>> byService =
        listed.stream().collect(Collectors.groupingBy(RegisteredNode::service));
    for (ServiceName service : ServiceName.values()) {
      services
          .computeIfAbsent(service, _ -> new KnownService(grace))
          .merge(byService.getOrDefault(service, List.of()), now);
    }
    return nodes();
  }

  private List<RegisteredNode> nodes() {
    return services.values().stream()
        .flatMap(service -> service.view().stream())
        .sorted(
            Comparator.comparing(RegisteredNode::service).thenComparing(node -> node.node().text()))
        .toList();
  }
}
