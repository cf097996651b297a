package parley.session.core;

import parley.relay.Body;

/// What a stored message holds.
public sealed interface Content {
  record Text(String text) implements Content {}

  /// Written by the server.
  record Disclosure(String text) implements Content {}

  /// In inboxes: the peer of a match did not come; the ticket has its old place again.
  record PeerNeverCame(String ticket) implements Content {}

  /// In inboxes: what another service tells the participant, passed on unread.
  record PassedOn(Body notice) implements Content {}

  /// Of a newer version: skipped by who reads it, but its place in the order counts.
  record Unknown() implements Content {}
}
