package parley.match.core;

/// What became of a ticket that takes the next level.
public sealed interface Relaxation {
  /// Nobody there either: it stands at the new level.
  record Stood(Standing standing) implements Relaxation {}

  /// Somebody was: both are taken.
  record Met(Match match) implements Relaxation {}

  /// Somebody was: both are taken and asked.
  record Proposed(Match match, Standing standing) implements Relaxation {}

  /// It no longer waits here at the level before; what became of it is told by the inbox.
  record Stale() implements Relaxation {}
}
