package parley.match.core;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The best peer by trying everybody, from [MayMeet] alone: good for pools so small that every line
/// fits into the heads that a search reads.
public final class BruteForce {
  private BruteForce() {}

  /// @param standing in the order of their ranks
  public static Optional<Ticket> best(Ticket arriving, List<Ticket> standing) {
    MayMeet me = RandomWishes.of(arriving);
    for (Level level : Level.values()) {
      List<Ticket> near =
          standing.stream()
              .filter(
                  other ->
                      me.mayMeet(RandomWishes.of(other)) && me.near(RandomWishes.of(other), level))
              .toList();
      if (!near.isEmpty()) {
        // Of equals, max keeps the first: who has waited longest.
        return near.stream()
            .max(
                Comparator.comparingLong(
                    other -> level == Level.SAME_TAGS ? me.sharedTags(RandomWishes.of(other)) : 0));
      }
    }
    return Optional.empty();
  }
}
