package parley.match.core;

/// What a person who waits says now and then.
public enum Sign {
  STILL_HERE,
  /// Still here, and take the next level now.
  RELAX_NOW
}
