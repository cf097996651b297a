package parley.platform.lifecycle;

import parley.platform.config.Settings;

/// Starts a service's node. Reads the whole configuration before it opens anything.
@FunctionalInterface
public interface NodeFactory {
  /// @throws parley.platform.config.ConfigFaults if a setting is wrong; nothing was started then
  Node start(Settings settings);
}
