package parley.client.conversation;

import parley.proto.session.v1.EndReason;

/// How a conversation ends for this member.
public enum ConversationEnding {
  /// The peer left.
  LEFT,
  /// The peer did not come back.
  LOST,
  TIME_UP,
  CLOSED_BY_OPERATOR,
  /// The peer never entered.
  NO_SHOW,
  YOU_LEFT,
  /// It is open elsewhere now, for example in another tab.
  TAKEN_OVER,
  /// This guest was revoked, or became another guest.
  REVOKED,
  /// A person was found in place of an AI peer.
  HUMAN_FOUND,
  /// The server does not let this member in: too late, not a member, or a client too old.
  REFUSED,
  /// The server gave a reason that this client does not know.
  OTHER;

  static ConversationEnding of(EndReason reason) {
    return switch (reason) {
      case END_REASON_LEFT -> LEFT;
      case END_REASON_LOST -> LOST;
      case END_REASON_TIME_UP -> TIME_UP;
      case END_REASON_CLOSED_BY_OPERATOR -> CLOSED_BY_OPERATOR;
      case END_REASON_NO_SHOW -> NO_SHOW;
      case END_REASON_YOU_LEFT -> YOU_LEFT;
      case END_REASON_TAKEN_OVER -> TAKEN_OVER;
      case END_REASON_REVOKED -> REVOKED;
      case END_REASON_HUMAN_FOUND -> HUMAN_FOUND;
      case END_REASON_DRAIN,
          END_REASON_MAX_AGE,
          END_REASON_SLOW_READER,
          END_REASON_UNAVAILABLE,
          END_REASON_UNSPECIFIED,
          UNRECOGNIZED ->
          OTHER;
    };
  }
}
