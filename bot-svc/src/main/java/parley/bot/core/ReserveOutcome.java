package parley.bot.core;

/// What becomes of asking for a place.
public sealed interface ReserveOutcome {
  record Reserved(Reservation reservation) implements ReserveOutcome {}

  /// All places are taken.
  record Full() implements ReserveOutcome {}

  /// Nobody is taken just now.
  record Refuses() implements ReserveOutcome {}
}
