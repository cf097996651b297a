package parley.session.core;

/// What a stored message holds.
public sealed interface Content {
  record Text(String text) implements Content {}

  /// Written by the server.
  record Disclosure(String text) implements Content {}

  /// In inboxes: the peer of a match did not come; the ticket has its old place again.
  record PeerNeverCame(String ticket) implements Content {}

  /// Of a newer version: skipped by who reads it, but its place in the order counts.
  record Unknown() implements Content {}
}
