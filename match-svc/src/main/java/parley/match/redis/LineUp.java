package parley.match.redis;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import parley.match.core.SearchPlan;
import parley.match.core.Side;
import parley.match.core.TagMark;

/// A search plan as the scripts read it; the layout stands in `ticket_record.lua`.
final class LineUp {
  private LineUp() {}

  /// Where the ticket stands, and its tags.
  static String text(SearchPlan plan) {
    Stream<String> families = plan.families().stream().map(rungs -> String.join(" ", rungs));
    return Stream.of(
            Stream.of(plan.pool().text(), plan.stand().text()),
            families,
            Stream.of(plan.tags().stream().map(TagMark::text).collect(Collectors.joining())))
        .flatMap(parts -> parts)
        .collect(Collectors.joining("|"));
  }

  /// The sides it looks in.
  static String look(SearchPlan plan) {
    return plan.look().stream().map(Side::text).collect(Collectors.joining(" "));
  }
}
