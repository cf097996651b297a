package parley.session.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parley.relay.Receipt;
import parley.relay.SessionFacts;

/// Where the members are and how far they have come, as one stream was told: what is told again is
/// no news. Not thread-safe.
final class Company {
  private final Map<Integer, Presence> presences = new HashMap<>();
  private final ReceiptBoard receipts = new ReceiptBoard();

  /// The first frame of a stream.
  StreamEvent entered(Admission self, SessionFacts facts, SessionLimits limits) {
    var log = facts.state();
    List<Presence> all = new ArrayList<>();
    for (int member = 1; member <= log.members().size(); member++) {
      // Where this member itself is was said before it came.
      Presence presence = member == self.member() ? Presence.HERE : Presence.of(member, facts);
      presences.put(member, presence);
      all.add(presence);
    }
    var me = log.member(self.member());
    return new StreamEvent.Entered(
        self,
        all,
        receipts.atEntry(self, facts.receipts()),
        me.attachment(),
        me.sequence() + 1,
        log.tip(),
        limits);
  }

  Optional<StreamEvent> moved(Admission self, int member, Presence presence) {
    return presences.put(member, presence) == presence
        ? Optional.empty()
        : Optional.of(new StreamEvent.MemberMoved(self, member, presence));
  }

  Optional<StreamEvent> receipted(Admission self, int member, Receipt receipt) {
    return receipts.news(member, self.readReceipts().visible(receipt));
  }
}
