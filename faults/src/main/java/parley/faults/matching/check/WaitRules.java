package parley.faults.matching.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Nobody waits for long beside somebody who fits, as near as both have come.
final class WaitRules {
  private final Story story;
  private final Findings findings;

  private record Waiter(Ticket ticket, Ticket.Span span) {}

  WaitRules(Story story, Findings findings) {
    this.story = story;
    this.findings = findings;
  }

  void check() {
    long patience = story.span("patience");
    List<Waiter> waiters = new ArrayList<>();
    for (Ticket ticket : story.tickets()) {
      for (Ticket.Span span : ticket.waiting(story.end())) {
        if (span.to() - span.from() > patience) {
          waiters.add(new Waiter(ticket, span));
        }
      }
    }
    waiters.sort(Comparator.comparingLong(waiter -> waiter.span().from()));
    Set<String> apart = apart();
    for (int i = 0; i < waiters.size(); i++) {
      Waiter one = waiters.get(i);
      for (int j = i + 1;
          j < waiters.size() && waiters.get(j).span().from() + patience < one.span().to();
          j++) {
        check(one, waiters.get(j), apart);
      }
    }
  }

  private void check(Waiter one, Waiter other, Set<String> apart) {
    Wish mine = one.ticket().wish();
    Wish theirs = other.ticket().wish();
    int level = Math.min(one.span().level(), other.span().level());
    long from = other.span().from();
    long to = Math.min(one.span().to(), other.span().to());
    if (to - from > story.span("patience")
        && !mine.participant().equals(theirs.participant())
        && mine.mayMeet(theirs)
        && mine.near(theirs, level)
        && !apart.contains(couple(mine.device(), theirs.device()))
        && story.longestCalm(from, to) > story.span("patience")) {
      findings.broken(
          MatchingRule.WAITS_BESIDE,
          "both at level %d from %.3f to %.3f s".formatted(level, from / 1e9, to / 1e9),
          one.ticket().lines().getFirst(),
          other.ticket().lines().getFirst());
    }
  }

  /// Who refused each other, or was together in a session or a proposal, at any time: whether they
  /// may meet again depends on more than is known here.
  private Set<String> apart() {
    Set<String> apart = new HashSet<>();
    for (Line line : story.all(What.REFUSING)) {
      apart.add(couple(line.fact("device"), line.fact("other")));
    }
    for (Session session : story.sessions()) {
      List<String> devices =
          session.told().stream().map(line -> story.ticket(line.ticket()).wish().device()).toList();
      apart.add(couple(devices.getFirst(), devices.getLast()));
    }
    Map<String, String> asked = new HashMap<>();
    for (Ticket ticket : story.tickets()) {
      Stream<Line> proposals = ticket.all(What.PROPOSED).stream();
      proposals.forEach(
          line -> {
            String other = asked.putIfAbsent(line.fact("proposal"), ticket.wish().device());
            if (other != null) {
              apart.add(couple(other, ticket.wish().device()));
            }
          });
    }
    return apart;
  }

  private static String couple(String one, String other) {
    return one.compareTo(other) < 0 ? one + " " + other : other + " " + one;
  }
}
