package parley.platform.discovery;

import parley.domain.NodeId;

/// One process that holds a node's lease.
///
/// @param incarnation as given to [NodeLease#hold]: another one each time the node starts
public record LivingNode(NodeId node, long incarnation) {}
