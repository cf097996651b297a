package parley.session.core;

import parley.relay.Receipt;

/// What a member sends, but for `enter`.
public sealed interface Upward {
  record Text(long sequence, String text) implements Upward {}

  record Typing() implements Upward {}

  /// A sign of life.
  record HeartbeatAnswer() implements Upward {}

  /// How far this member has come.
  record Received(Receipt upTo) implements Upward {}

  record Leave() implements Upward {}

  /// What this version does not read.
  record Unread() implements Upward {}
}
