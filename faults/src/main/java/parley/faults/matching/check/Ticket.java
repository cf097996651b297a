package parley.faults.matching.check;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One ticket as its person saw it.
final class Ticket {
  private static final Set<What> CLOSES =
      EnumSet.of(
          What.MATCHED, What.ENDED, What.BROKEN, What.LETTING_GO, What.CANCELLING, What.TAKING_UP);

  private final int number;
  private final Wish wish;
  private final List<Line> lines = new ArrayList<>();

  Ticket(Line asking) {
    this.number = asking.ticket();
    this.wish = Wish.of(asking);
    lines.add(asking);
  }

  void add(Line line) {
    lines.add(line);
  }

  int number() {
    return number;
  }

  Wish wish() {
    return wish;
  }

  List<Line> lines() {
    return lines;
  }

  long askedAt() {
    return lines.getFirst().at();
  }

  List<Line> all(What what) {
    return lines.stream().filter(line -> line.what() == what).toList();
  }

  Optional<Line> first(What what) {
    return lines.stream().filter(line -> line.what() == what).findFirst();
  }

  /// From being accepted to what closed the stream, or took its place, or the end of the run: when
  /// what came on it was heard.
  List<Span> open(long end) {
    List<Span> spans = new ArrayList<>();
    long since = -1;
    for (Line line : lines) {
      if (line.what() == What.ACCEPTED && since < 0) {
        since = line.at();
      } else if (CLOSES.contains(line.what()) && since >= 0) {
        spans.add(new Span(since, line.at(), 0));
        since = -1;
      }
    }
    if (since >= 0) {
      spans.add(new Span(since, end, 0));
    }
    return spans;
  }

  /// When it was known to stand in line, and at which level.
  List<Span> waiting(long end) {
    List<Span> spans = new ArrayList<>();
    Line since = null;
    for (Line line : lines) {
      boolean stands = line.what() == What.WAITING;
      boolean stays = line.what() == What.SILENT || line.what() == What.RELAXING;
      if (since != null && !stays) {
        spans.add(new Span(since.at(), line.at(), (int) since.number("level")));
      }
      since = stands ? line : stays ? since : null;
    }
    if (since != null) {
      spans.add(new Span(since.at(), end, (int) since.number("level")));
    }
    return spans;
  }

  /// A stretch of time, in nanoseconds.
  record Span(long from, long to, int level) {}
}
