package parley.match.core;

/// What became of a ticket that a stream takes up.
public sealed interface Attachment {
  /// In line with its old rank; an older stream is told.
  record Stood(Standing standing) implements Attachment {}

  /// Somebody was found now: both are taken.
  record Met(Match match) implements Attachment {}

  /// Somebody was found, now or before, and both are asked.
  record Proposed(Match match, Standing standing) implements Attachment {}

  /// Was matched before, and the time to enter is not over: the same match again.
  record MetBefore(Match match) implements Attachment {}

  /// Was matched with an AI peer before, and the time to enter is not over: the same match again.
  record MetAiBefore(AiMatch match) implements Attachment {}

  /// A stream has taken it up since that is newer than the caller's.
  record Moved() implements Attachment {}

  /// Terminal.
  record Over(HeldTicket held) implements Attachment {}

  /// Unknown, foreign, or long over.
  record NoTicket() implements Attachment {}
}
