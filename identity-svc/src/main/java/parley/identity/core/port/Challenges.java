package parley.identity.core.port;

import java.time.Duration;
import parley.identity.core.Nonce;

/// How many guests were made lately, and which nonces are spent. Time is the store's, not this
/// node's.
public interface Challenges {
  /// Guests counted since the first of the running minute, over all nodes, and the store's time.
  Pace pace();

  void countGuest();

  /// True once for each nonce, and only within `life` of its making.
  boolean spend(Nonce nonce, Duration life);

  record Pace(long guestsWithinMinute, long nowMillis) {}
}
