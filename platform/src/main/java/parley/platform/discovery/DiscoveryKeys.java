package parley.platform.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/// Redis keys of the directory: one small sorted set and one hash, in one slot.
record DiscoveryKeys(String prefix) {
  /// In the order of the scripts: lease ends by node, entries by node.
  List<byte[]> all() {
    return List.of(key("leases"), key("entries"));
  }

  /// A node's name in both keys.
  static byte[] name(RegisteredNode node) {
    return (node.service().text() + "/" + node.node()).getBytes(UTF_8);
  }

  private byte[] key(String part) {
    return (prefix + "{nodes}:" + part).getBytes(UTF_8);
  }
}
