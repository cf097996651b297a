package parley.match.core;

/// What the passing of time asks of a ticket in line.
enum Due {
  NOTHING,
  /// Its person fell silent.
  PARKING,
  /// It waited too long.
  EXPIRY,
  /// The next level.
  RELAXATION,
  /// Its proposal is out of time.
  DEADLINE,
  /// It may be proposed to people with companions again, and looks for them.
  SEARCH,
  /// Asking for an AI peer.
  FALLBACK
}
