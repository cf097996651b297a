package parley.relay;

import parley.domain.NodeId;

/// One process that has, or had, a node's name. A node that starts anew has another life: what was
/// attached to the one before is gone.
public record NodeLife(NodeId node, long number) {
  public String text() {
    return node + "/" + Long.toHexString(number);
  }
}
