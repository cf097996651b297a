package parley.platform.lifecycle;

import parley.domain.NodeId;

/// One node of a service, in a process of its own or beside others in one.
public interface Node extends AutoCloseable {
  NodeId id();

  /// Leaves the door first, then tells streams to resume elsewhere; returns when they are gone or
  /// the service's drain time is over. New calls are still answered until [#close].
  void drain();

  /// Closes everything the node opened, without draining; its threads are gone when this returns.
  @Override
  void close();
}
