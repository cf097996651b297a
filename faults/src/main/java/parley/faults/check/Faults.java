package parley.faults.check;

import java.util.ArrayList;
import java.util.List;
import parley.faults.history.Noted;

/// When something was broken during a run, and from when on nothing was.
///
/// @param lapses when a node was found without a lease
/// @param calmFrom the end of time if never
record Faults(List<Span> spans, List<Long> lapses, long calmFrom) {
  /// From the line before a fault to the line after its repair.
  record Span(long from, long to) {}

  static Faults in(List<Noted> run) {
    List<Span> spans = new ArrayList<>();
    List<Long> lapses = new ArrayList<>();
    long calmFrom = Long.MAX_VALUE;
    long begun = 0;
    for (Noted line : run) {
      switch (line.what()) {
        case FAULT_BEGINNING -> begun = line.at();
        case FAULT_OVER -> spans.add(new Span(begun, line.at()));
        case LATE -> lapses.add(line.at());
        case CALM -> calmFrom = Math.min(calmFrom, line.at());
        default -> {
          // Breaks nothing.
        }
      }
    }
    return new Faults(List.copyOf(spans), List.copyOf(lapses), calmFrom);
  }

  /// Whether every node had its lease all the time between these.
  boolean leased(long from, long to) {
    return lapses.stream().noneMatch(at -> at >= from && at <= to);
  }

  /// Whether nothing was broken at any time between these.
  boolean quiet(long from, long to) {
    return spans.stream().noneMatch(span -> span.from() <= to && span.to() >= from);
  }
}
