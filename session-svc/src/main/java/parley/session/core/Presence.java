package parley.session.core;

import parley.relay.Closing;
import parley.relay.SessionFacts;

/// Where a member is, as the others are told.
public enum Presence {
  /// Has not entered yet.
  EXPECTED,
  HERE,
  /// Its stream is gone or silent; it may come back.
  AWAY,
  /// Will not come back.
  LEFT;

  static Presence of(int member, SessionFacts facts) {
    Closing closing = facts.closing();
    if (closing != null && closing.by() == member) {
      return LEFT;
    }
    if (!facts.state().member(member).hasEntered()) {
      return EXPECTED;
    }
    return facts.away().contains(member) ? AWAY : HERE;
  }
}
