package parley.match.redis;

import java.time.Duration;

/// The lists of refusals and what one of them holds at most: over it, the oldest falls out. Each is
/// a key of its own, so that however many somebody declines or meets, no block is pushed out by it.
enum RefusalList {
  /// Met lately.
  MET(50, Duration.ofDays(7)),
  DECLINED(1_000, Duration.ofDays(90)),
  /// For as long as the pool keeps what it cannot read again.
  BLOCKED(1_000, Duration.ofDays(90));

  private final int most;
  private final Duration kept;

  /// @param kept after the last was written
  RefusalList(int most, Duration kept) {
    this.most = most;
    this.kept = kept;
  }

  String most() {
    return Integer.toString(most);
  }

  String seconds() {
    return Long.toString(kept.toSeconds());
  }
}
