package parley.faults.matching.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Sessions: two people, each in one at a time, each told.
final class PairRules {
  private final Story story;
  private final Findings findings;

  PairRules(Story story, Findings findings) {
    this.story = story;
    this.findings = findings;
  }

  void check() {
    for (Session session : story.sessions()) {
      checkSides(session);
      checkTold(session);
      checkAcceptance(session);
    }
    for (String person : story.people()) {
      checkOneAtATime(person, new ArrayList<>(story.sessionsOf(person)));
    }
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
    session.participants().stream()
        .filter(other -> !other.equals(me))
        .flatMap(other -> story.ticketsOf(other).stream())
        .forEach(ticket -> checkTold(told, ticket));
  }

  private void checkTold(Line told, Ticket ticket) {
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
  /// settle is over; it may have been told long after it was made.
  private void checkOneAtATime(String person, List<Session> all) {
    all.sort(Comparator.comparingLong(Session::firstToldAt));
    for (int i = 1; i < all.size(); i++) {
      Session first = all.get(i - 1);
      Session second = all.get(i);
      long lasts = story.span("enter") + story.span("settle");
      boolean timely =
          second.firstToldAt()
              < Math.min(first.surelyUntil(story, lasts), second.surelyUntil(story, lasts));
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
    return story.ticketsOf(person).stream()
        .flatMap(ticket -> ticket.lines().stream())
        .anyMatch(
            line ->
                (line.what() == What.CANCELLING || line.what() == What.CANCELLED)
                    && line.at() > since
                    && line.at() < session.firstToldAt() + story.span("enter"));
  }
}
