package parley.bot.core.companion;

import parley.bot.core.port.Improviser;
import parley.bot.core.port.Journal;

/// How companions come to lines that nobody wrote.
///
/// @param sieve what a line must pass to be said
public record Invention(Improviser improviser, Sieve sieve, Journal journal, Share share) {
  /// How much of a talk is made up.
  public enum Share {
    /// What games and bank leave.
    THE_REST,
    /// All of it: to see what a model gives alone.
    EVERYTHING
  }
}
