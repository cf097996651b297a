package parley.match.core;

import java.util.Map;

/// Who waits in one pool, by side; for what a waiting person is shown. All tickets of a pool stand
/// in the queues of [Level#ANYONE], so these are counted.
///
/// @param crowds sides where somebody waits
/// @param readAt the moment of counting, as a rank
public record Census(Map<Side, Crowd> crowds, Rank readAt) {
  /// Smaller numbers would tell too much about single people.
  private static final int SHOWN_FROM = 10;

  /// One side's line: how many, and the rank of its first.
  public record Crowd(int size, Rank first) {}

  public Census {
    crowds = Map.copyOf(crowds);
  }

  /// How many wait in the pool; 0 if it is hidden because they are few.
  public int shownWaiting() {
    int all = crowds.values().stream().mapToInt(Crowd::size).sum();
    return all < SHOWN_FROM ? 0 : all;
  }

  /// An estimate of this ticket's place among people like it who seek whom it seeks: 1 is the next.
  /// Ranks are moments, so each line is read as if people had come evenly since its first.
  public int place(Side side, Rank rank) {
    double before =
        crowds.entrySet().stream()
            .filter(line -> competes(line.getKey(), side))
            .mapToDouble(line -> before(line.getValue(), rank))
            .sum();
    return 1 + (int) before;
  }

  private static boolean competes(Side other, Side side) {
    return other.own() == side.own() && (other.seeking().mask() & side.seeking().mask()) != 0;
  }

  private double before(Crowd crowd, Rank rank) {
    double sinceFirst = rank.micros() - crowd.first().micros();
    double span = readAt.micros() - crowd.first().micros();
    return sinceFirst <= 0 || span <= 0 ? 0 : crowd.size() * Math.min(1, sinceFirst / span);
  }
}
