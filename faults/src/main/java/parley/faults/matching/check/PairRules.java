package parley.faults.matching.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Sessions: two people, each in one at a time, each told.
final class PairRules {
  private final Story story;
  private final Findings findings;

  PairRules(Story story, Findings findings) {
    this.story = story;
    this.findings = findings;
  }

  void check() {
    Map<String, List<Session>> byPerson = new HashMap<>();
    for (Session session : story.sessions()) {
      checkSides(session);
      checkTold(session);
      checkAcceptance(session);
      for (String person : session.participants()) {
        byPerson.computeIfAbsent(person, _ -> new ArrayList<>()).add(session);
      }
    }
    byPerson.forEach(this::checkOneAtATime);
  }

  private void checkSides(Session session) {
    List<Line> told = session.told();
    boolean alike =
        told.stream()
            .allMatch(
                line ->
                    line.fact("members").equals(told.getFirst().fact("members"))
                        && line.fact("level").equals(told.getFirst().fact("level")));
    boolean two = told.size() <= 2 && session.participants().stream().distinct().count() == 2;
    if (!alike || !two) {
      findings.broken(
          MatchingRule.PAIR, "not two who are told the same", told.toArray(Line[]::new));
    }
  }

  /// The one who was not told had a stream that stayed open, also after everything was repaired.
  private void checkTold(Session session) {
    if (session.told().size() != 1) {
      return;
    }
    Line told = session.told().getFirst();
    String me = story.ticket(told.ticket()).wish().participant();
    for (Ticket ticket : story.tickets()) {
      String other = ticket.wish().participant();
      if (!other.equals(me) && session.participants().contains(other)) {
        long forgotten = story.forgetsAt(told.at() - story.span("patience"));
        for (Ticket.Span open : ticket.open(story.end())) {
          long to = Math.min(open.to(), forgotten);
          boolean whole = open.from() < told.at() && told.at() < to;
          if (whole && story.longestCalm(told.at(), to) > story.span("patience")) {
            findings.broken(
                MatchingRule.TOLD, "its peer was told, it was not", told, ticket.lines().getLast());
          }
        }
      }
    }
  }

  private void checkAcceptance(Session session) {
    for (Line told : session.told()) {
      Ticket ticket = story.ticket(told.ticket());
      boolean asks = ticket.wish().intent().equals("dating");
      boolean accepted =
          ticket.all(What.ANSWERING).stream()
              .anyMatch(
                  line ->
                      line.fact("proposal").equals(session.id())
                          && line.fact("says").equals("yes")
                          && line.at() < told.at());
      if (asks && !accepted) {
        findings.broken(
            MatchingRule.BOTH_ACCEPT, "it had not accepted", ticket.lines().getFirst(), told);
      }
    }
  }

  /// A match lasts until it is settled, or one of its two cancels, or the time to enter and to
  /// settle is over; and it was not made before the one who was told had asked.
  private void checkOneAtATime(String person, List<Session> all) {
    all.sort(Comparator.comparingLong(Session::firstToldAt));
    for (int i = 1; i < all.size(); i++) {
      Session first = all.get(i - 1);
      Session second = all.get(i);
      long made = story.ticket(first.told().getFirst().ticket()).askedAt();
      boolean timely = second.firstToldAt() - made < story.span("enter") + story.span("settle");
      boolean settled =
          first.settling().stream().anyMatch(line -> line.at() < second.firstToldAt());
      boolean gaveUp =
          cancelled(first, person)
              || cancelled(second, person)
              || story.forgot(first.firstToldAt(), second.firstToldAt());
      if (timely && !settled && !gaveUp) {
        findings.broken(
            MatchingRule.ONE_MATCH,
            person + " is in both",
            first.told().getFirst(),
            second.told().getFirst());
      }
    }
  }

  /// It, or a ticket before it, was cancelled while that could be.
  private boolean cancelled(Session session, String person) {
    long since =
        session.firstToldAt() - story.span("enter") - story.span("settle") - story.span("patience");
    for (Ticket ticket : story.tickets()) {
      if (ticket.wish().participant().equals(person)
          && ticket.lines().stream()
              .anyMatch(
                  line ->
                      (line.what() == What.CANCELLING || line.what() == What.CANCELLED)
                          && line.at() > since
                          && line.at() < session.firstToldAt() + story.span("enter"))) {
        return true;
      }
    }
    return false;
  }
}
