package parley.session.core;

/// What a member sends, but for `enter`.
public sealed interface Upward {
  record Text(long sequence, String text) implements Upward {}

  record Typing() implements Upward {}

  /// A sign of life.
  record HeartbeatAnswer() implements Upward {}

  record Leave() implements Upward {}

  /// What this version does not read.
  record Unread() implements Upward {}
}
