package parley.match.core;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Who waits in one pool, and how it went lately; for what people are shown. One node knows of its
/// own tickets; [#plus] puts what all nodes know together.
///
/// Estimates are Little's law: how many wait, over how many are matched in a time.
///
/// @param readAt the moment of counting, as a rank
public record Crowd(Map<Kind, Tally> tallies, Rank readAt) {
  /// For how long what happened counts: after so long, a third of it does.
  static final Duration MEMORY = Duration.ofSeconds(60);

  /// Smaller numbers would tell too much about single people.
  private static final int SHOWN_FROM = 10;

  /// Fewer matches say nothing about the next.
  private static final double ENOUGH_MATCHES = 3;

  /// People who go through the same: where they stand, and at which level they began.
  public record Kind(Side side, Level start) {}

  /// @param waiting how many do
  /// @param firstMicros the lowest rank among them; 0 if nobody waits
  /// @param waited seconds that such people spent waiting lately, all together
  /// @param matched how many of them were, lately
  public record Tally(int waiting, long firstMicros, double waited, double matched) {
    static final Tally NOTHING = new Tally(0, 0, 0, 0);

    Tally plus(Tally other) {
      long first =
          firstMicros == 0 || other.firstMicros == 0
              ? Math.max(firstMicros, other.firstMicros)
              : Math.min(firstMicros, other.firstMicros);
      return new Tally(
          waiting + other.waiting, first, waited + other.waited, matched + other.matched);
    }
  }

  public Crowd {
    tallies = Map.copyOf(tallies);
  }

  /// What several nodes know.
  public static Crowd of(List<Map<Kind, Tally>> parts, Rank readAt) {
    Map<Kind, Tally> all = new HashMap<>();
    parts.forEach(part -> part.forEach((kind, tally) -> all.merge(kind, tally, Tally::plus)));
    return new Crowd(all, readAt);
  }

  /// How many wait in the pool; 0 if it is hidden because they are few.
  public int shownWaiting() {
    return shown(sum(_ -> true).waiting());
  }

  /// An estimate of this ticket's place among people like it who seek whom it seeks: 1 is the next.
  /// Ranks are moments, so each line is read as if people had come evenly since its first.
  public int place(Side side, Rank rank) {
    return 1 + (int) before(kind -> competes(kind.side(), side), rank);
  }

  /// How long a ticket with this rank still waits; absent if too few were matched lately.
  public @Nullable Duration left(Kind kind, Rank rank) {
    Tally like = sum(other -> isLike(other, kind));
    if (like.matched() < ENOUGH_MATCHES) {
      return null;
    }
    double perSecond = like.matched() / MEMORY.toSeconds();
    return seconds((1 + (int) before(other -> isLike(other, kind), rank)) / perSecond);
  }

  /// How long people like this wait from beginning to end, and how many wait for them.
  WaitEstimate.Wait typical(SearchPlan plan) {
    Kind kind = new Kind(plan.stand(), plan.start());
    Tally like = sum(other -> isLike(other, kind));
    Tally fitting = sum(other -> plan.look().contains(other.side()));
    return new WaitEstimate.Wait(
        like.matched() < ENOUGH_MATCHES ? null : seconds(like.waited() / like.matched()),
        shown(fitting.waiting()));
  }

  private static int shown(int count) {
    return count < SHOWN_FROM ? 0 : count;
  }

  private static Duration seconds(double seconds) {
    return Duration.ofSeconds(Math.round(seconds));
  }

  private static boolean isLike(Kind other, Kind kind) {
    return other.start() == kind.start() && competes(other.side(), kind.side());
  }

  private static boolean competes(Side other, Side side) {
    return other.own() == side.own() && (other.seeking().mask() & side.seeking().mask()) != 0;
  }

  private Tally sum(Predicate<Kind> which) {
    return tallies.entrySet().stream()
        .filter(entry -> which.test(entry.getKey()))
        .map(Map.Entry::getValue)
        .reduce(Tally.NOTHING, Tally::plus);
  }

  private double before(Predicate<Kind> which, Rank rank) {
    return tallies.entrySet().stream()
        .filter(entry -> which.test(entry.getKey()))
        .mapToDouble(entry -> before(entry.getValue(), rank))
        .sum();
  }

  private double before(Tally tally, Rank rank) {
    double sinceFirst = rank.micros() - tally.firstMicros();
    double span = readAt.micros() - tally.firstMicros();
    boolean nobody = tally.waiting() == 0 || sinceFirst <= 0 || span <= 0;
    return nobody ? 0 : tally.waiting() * Math.min(1, sinceFirst / span);
  }
}
