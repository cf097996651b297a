package parley.session.core;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import parley.relay.Receipt;

/// What one stream was told of how far the others have come. Numbers only grow, so what comes twice
/// or late is no news. Not thread-safe.
final class ReceiptBoard {
  private final Map<Integer, Receipt> told = new HashMap<>();

  /// What is told first: of others, and what is known of this member itself.
  Map<Integer, Receipt> atEntry(Admission self, Map<Integer, Receipt> known) {
    known.forEach((member, receipt) -> told.put(member, self.readReceipts().visible(receipt)));
    return Map.copyOf(told);
  }

  /// What there is to tell, if anything.
  Optional<StreamEvent> news(int member, Receipt receipt) {
    Receipt before = told.getOrDefault(member, Receipt.NONE);
    Receipt now = before.and(receipt);
    told.put(member, now);
    return now.equals(before)
        ? Optional.empty()
        : Optional.of(new StreamEvent.PeerReceipt(member, now));
  }
}
