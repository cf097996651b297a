package parley.relay;

import parley.domain.SessionId;

/// What a look at a watched session found. All but `WentAway` is found again until somebody closes
/// the session.
public sealed interface Finding {
  SessionId session();

  /// The member's node is gone: it is marked away since now.
  record WentAway(SessionId session, int member, long attachment) implements Finding {}

  /// Somebody did not enter in time.
  record NoShow(SessionId session) implements Finding {}

  /// Somebody was away for too long.
  record NotBack(SessionId session, Lost lost) implements Finding {}

  record TooOld(SessionId session) implements Finding {}
}
