package parley.identity.core;

/// When a new guest must be worked for, and how hard.
///
/// @param bits leading zero bits; each doubles the work, 20 are about a second of a browser's time
/// @param guestsPerMinute for [Asked#OVER_RATE]: work is asked for once so many guests were made
///   within a minute
public record WorkRule(Asked asked, int bits, int guestsPerMinute) {
  public static final int MAX_BITS = 32;

  public WorkRule {
    if (bits < 0 || bits > MAX_BITS) {
      throw new IllegalArgumentException("bits is " + bits + ", expected 0 to " + MAX_BITS);
    }
  }

  public enum Asked {
    NEVER,
    ALWAYS,
    OVER_RATE
  }

  /// The work that is asked for when so many guests were made lately; 0 for none.
  int bitsAt(long guestsWithinMinute) {
    return switch (asked) {
      case NEVER -> 0;
      case ALWAYS -> bits;
      case OVER_RATE -> guestsWithinMinute >= guestsPerMinute ? bits : 0;
    };
  }
}
