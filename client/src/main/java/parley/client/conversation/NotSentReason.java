package parley.client.conversation;

/// Why a text will not be read. It is never sent again by itself.
public enum NotSentReason {
  /// The conversation is over.
  CLOSED,
  /// The server lost track of what was on its way.
  RESET,
  /// Longer than `Limits` allow.
  TOO_LONG,
  /// Control or direction-override characters, or nothing but space.
  NOT_PLAIN_TEXT,
  /// Its place in the order belongs to another text: two clients wrote with one state.
  CONTENT_DIFFERS,
  /// For a reason that this client does not know.
  REFUSED
}
