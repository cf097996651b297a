package parley.faults.matching.check;

import java.util.List;
import java.util.Optional;

/// One match: who was told of it, who took part, and what became of it.
///
/// @param told one line for each side that was told, the first each time
/// @param participants of both, by the hashes in the grant, as far as they can be told
/// @param settling the lines of its settlement
record Session(
    String id, List<Line> told, List<String> participants, List<Line> settling, long firstToldAt) {

  Optional<Line> settled() {
    return settling.stream().filter(line -> line.what() == What.SETTLED).findFirst();
  }

  /// Until when it was live for certain: its tickets cannot have been matched before they had
  /// waited as long as they were told.
  ///
  /// @param lasts the time to enter and to settle, in nanoseconds
  long surelyUntil(Story story, long lasts) {
    return lasts
        + told.stream()
            .mapToLong(
                line -> story.ticket(line.ticket()).askedAt() + line.number("waited") * 1_000_000)
            .max()
            .orElse(0);
  }

  /// Both came, and that was taken.
  boolean met() {
    return settling.stream()
        .anyMatch(
            line ->
                line.what() == What.SETTLED
                    && line.list("entered").size() == 2
                    && line.fact("outcome").equals("settled"));
  }
}
