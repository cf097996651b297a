package parley.relay;

import java.time.Duration;
import java.util.Set;

/// One purpose for which the outbox is read, on one node at a time.
///
/// @param purpose a short word, the same on all nodes
/// @param kinds what it reads; all else is passed over
/// @param lease how long entries stay with the node that read them, should it not give them back
public record OutboxReader(String purpose, Set<OutboxEntry.Kind> kinds, Duration lease) {
  public OutboxReader {
    if (!purpose.matches("[a-z]{1,16}")) {
      throw new IllegalArgumentException("purpose is '" + purpose + "', expected 1 to 16 of a-z");
    }
    kinds = Set.copyOf(kinds);
  }
}
