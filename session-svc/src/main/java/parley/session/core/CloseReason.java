package parley.session.core;

import java.util.Locale;
import parley.domain.MemberKind;
import parley.relay.Closing;

/// Why a session was closed, as it is stored.
enum CloseReason {
  LEFT(1, EndReason.LEFT),
  LOST(2, EndReason.LOST),
  TIME_UP(3, EndReason.TIME_UP),
  CLOSED_BY_OPERATOR(4, EndReason.CLOSED_BY_OPERATOR),
  NO_SHOW(5, EndReason.NO_SHOW),
  HUMAN_FOUND(6, EndReason.HUMAN_FOUND);

  /// Stored: never changed.
  private final int number;

  private final EndReason forOthers;

  CloseReason(int number, EndReason forOthers) {
    this.number = number;
    this.forOthers = forOthers;
  }

  EndReason forOthers() {
    return forOthers;
  }

  Closing byNobody() {
    return by(0);
  }

  Closing by(int member) {
    return new Closing(member, number);
  }

  /// For those who read it later, as `left`; a number of a newer version is told as it is.
  static String word(Closing closing) {
    for (CloseReason reason : values()) {
      if (reason.number == closing.reason()) {
        return reason.name().toLowerCase(Locale.ROOT);
      }
    }
    return "reason " + closing.reason();
  }

  /// How the stream of `member` ends. A number of a newer version looks like `LEFT`, as most do.
  static EndReason endFor(Admission member, Closing closing) {
    if (closing.reason() == LEFT.number && closing.by() == member.member()) {
      return EndReason.YOU_LEFT;
    }
    if (closing.reason() == LOST.number && isAi(member, closing.by())) {
      return EndReason.AI_LOST;
    }
    for (CloseReason reason : values()) {
      if (reason.number == closing.reason()) {
        return reason.forOthers;
      }
    }
    return EndReason.LEFT;
  }

  private static boolean isAi(Admission member, int number) {
    return number != 0 && member.kindOf(number) == MemberKind.AI;
  }
}
