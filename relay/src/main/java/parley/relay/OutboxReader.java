package parley.relay;

import java.time.Duration;

/// One purpose for which the outbox is read, on one node at a time.
///
/// @param purpose a short word, the same on all nodes
/// @param lease how long a bucket stays with the node that read it last
public record OutboxReader(String purpose, Duration lease) {
  public OutboxReader {
    if (!purpose.matches("[a-z]{1,16}")) {
      throw new IllegalArgumentException("purpose is '" + purpose + "', expected 1 to 16 of a-z");
    }
  }
}
