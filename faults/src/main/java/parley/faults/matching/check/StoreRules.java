package parley.faults.matching.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What lies in the store at the end, beside what people know.
final class StoreRules {
  private final Story story;
  private final Findings findings;

  StoreRules(Story story, Findings findings) {
    this.story = story;
    this.findings = findings;
  }

  void check() {
    Map<String, Line> kept = new HashMap<>();
    story.all(What.KEPT_TICKET).forEach(line -> kept.put(line.fact("participant"), line));
    Set<String> standing = new HashSet<>();
    for (Line entry : story.all(What.KEPT_ENTRY)) {
      standing.add(entry.fact("participant"));
      Line ticket = kept.get(entry.fact("participant"));
      if (ticket == null || !ticket.fact("state").equals("W")) {
        findings.broken(MatchingRule.STORE, "stands in a queue, and does not wait", entry);
      }
    }
    if (!kept.isEmpty()) {
      checkWaiting(kept, standing);
    }
  }

  /// Who has an open stream that waits, waits in the store too.
  private void checkWaiting(Map<String, Line> kept, Set<String> standing) {
    long read = story.all(What.KEPT_TICKET).getFirst().at();
    for (Ticket ticket : story.tickets()) {
      for (Ticket.Span span : ticket.waiting(story.end())) {
        if (span.from() + story.span("patience") < read && span.to() > read) {
          Line line = kept.get(ticket.wish().participant());
          boolean waits =
              line != null
                  && line.fact("state").equals("W")
                  && standing.contains(ticket.wish().participant());
          if (!waits) {
            findings.broken(
                MatchingRule.STORE, "waits, and does not stand in line", ticket.lines().getLast());
          }
        }
      }
    }
  }
}
