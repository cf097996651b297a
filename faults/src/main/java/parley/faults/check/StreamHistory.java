package parley.faults.check;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parley.faults.history.Noted;
import parley.faults.history.What;

/// The lines of one stream of one member, in the order they were written; the first is its
/// ENTERING.
record StreamHistory(int number, List<Noted> lines) {
  Noted entering() {
    return lines.getFirst();
  }

  @Nullable Noted entered() {
    return first(What.ENTERED).orElse(null);
  }

  Optional<Noted> first(What what) {
    return lines.stream().filter(line -> line.what() == what).findFirst();
  }

  /// When it was over, or the end of time.
  long endedAt() {
    return lines.stream()
        .filter(
            line ->
                switch (line.what()) {
                  case ENDED, BROKEN, LETTING_GO -> true;
                  default -> false;
                })
        .mapToLong(Noted::at)
        .findFirst()
        .orElse(Long.MAX_VALUE);
  }

  /// Whether it was in at `from` and still at `to`, without a break.
  boolean lives(long from, long to) {
    Noted in = entered();
    return in != null && in.at() <= from && endedAt() >= to;
  }
}
