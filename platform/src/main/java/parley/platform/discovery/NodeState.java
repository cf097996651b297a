package parley.platform.discovery;

/// What a node asks its callers for.
public enum NodeState {
  /// Bring new calls.
  READY,
  /// Keep the streams that are there, take new ones elsewhere.
  DRAINING
}
