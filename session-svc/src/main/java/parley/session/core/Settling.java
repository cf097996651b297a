package parley.session.core;

import java.util.ArrayList;
import java.util.List;
import parley.relay.LogState;
import parley.session.core.port.Settlement;

/// When match-svc is told: everybody has entered, or the session was closed before that.
final class Settling {
  /// An attach whose answer was lost is sent again and counts twice.
  private static final long FIRST_ATTACHMENTS = 2;

  private final Settlement settlement;

  Settling(Settlement settlement) {
    this.settlement = settlement;
  }

  void entered(Admission member, LogState state) {
    boolean first = state.member(member.member()).attachment() <= FIRST_ATTACHMENTS;
    if (state.open() && first && state.allHaveEntered()) {
      settlement.settle(member, whoEntered(state));
    }
  }

  void closed(Admission member, LogState state) {
    if (!state.allHaveEntered()) {
      settlement.settle(member, whoEntered(state));
    }
  }

  private static List<Integer> whoEntered(LogState state) {
    List<Integer> entered = new ArrayList<>();
    for (int member = 1; member <= state.members().size(); member++) {
      if (state.member(member).hasEntered()) {
        entered.add(member);
      }
    }
    return entered;
  }
}
