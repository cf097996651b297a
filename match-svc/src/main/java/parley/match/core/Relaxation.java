package parley.match.core;

/// What became of a ticket that takes the next level.
public sealed interface Relaxation {
  /// Nobody there either: it stands at the new level.
  record Stood(Standing standing) implements Relaxation {}

  /// Somebody was: both are taken.
  record Met(Match match) implements Relaxation {}

  /// Somebody was: both are taken and asked.
  record Proposed(Match match, Standing standing) implements Relaxation {}

  /// It no longer waits here, or is not near that level. Who took it has told the inbox; unless its
  /// own search did, and the answer was lost.
  record Stale() implements Relaxation {}
}
