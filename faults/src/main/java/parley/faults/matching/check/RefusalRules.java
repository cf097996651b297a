package parley.faults.matching.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Who must not meet: who refused each other, who met lately, who declined.
final class RefusalRules {
  private static final int REMEMBERED = 50;

  private final Story story;
  private final Findings findings;
  private final Map<String, List<Meeting>> meetings = new HashMap<>();

  private record Meeting(String device, long at) {}

  RefusalRules(Story story, Findings findings) {
    this.story = story;
    this.findings = findings;
  }

  void check() {
    Map<String, List<Line>> refusals =
        story.all(What.REFUSED).stream()
            .collect(
                Collectors.groupingBy(
                    line -> couple(List.of(line.fact("device"), line.fact("other")))));
    for (Session session : story.sessions()) {
      if (session.told().size() == 2) {
        checkRefused(session, refusals.getOrDefault(couple(devices(session)), List.of()));
        checkMetLately(session);
        remember(session);
      }
    }
    checkDeclined();
  }

  private void checkRefused(Session session, List<Line> refusals) {
    Line told = session.told().getFirst();
    long made = lastAsked(session);
    for (Line refused : refusals) {
      if (refused.at() < made && !story.forgot(refused.at(), told.at())) {
        findings.broken(MatchingRule.REFUSED, "one refused the other before", refused, told);
      }
    }
  }

  private void checkMetLately(Session session) {
    List<String> devices = devices(session);
    List<Meeting> mine = meetings.getOrDefault(devices.getFirst(), List.of());
    List<Meeting> theirs = meetings.getOrDefault(devices.getLast(), List.of());
    for (int i = 0; i < mine.size(); i++) {
      Meeting meeting = mine.get(i);
      boolean same =
          meeting.device().equals(devices.getLast()) && meeting.at() < lastAsked(session);
      long laterTheirs = theirs.stream().filter(other -> other.at() > meeting.at()).count();
      if (same
          && mine.size() - i < REMEMBERED
          && laterTheirs < REMEMBERED - 1
          && !story.forgot(meeting.at(), session.firstToldAt())) {
        findings.broken(
            MatchingRule.REFUSED,
            "they met at %.3f s".formatted(meeting.at() / 1e9),
            session.told().toArray(Line[]::new));
      }
    }
  }

  private void remember(Session session) {
    if (session.met()) {
      long at = session.settled().orElseThrow().at();
      List<String> devices = devices(session);
      meet(devices.getFirst(), devices.getLast(), at);
      meet(devices.getLast(), devices.getFirst(), at);
    }
  }

  private void meet(String device, String other, long at) {
    meetings.computeIfAbsent(device, _ -> new ArrayList<>()).add(new Meeting(other, at));
  }

  /// Two of whom one declined are not proposed to each other again.
  private void checkDeclined() {
    Map<String, List<Ticket>> asked = new HashMap<>();
    Map<String, Line> declined = new HashMap<>();
    for (Ticket ticket : story.tickets()) {
      for (Line line : ticket.lines()) {
        if (line.what() == What.PROPOSED) {
          List<Ticket> both = asked.computeIfAbsent(line.fact("proposal"), _ -> new ArrayList<>());
          if (!both.contains(ticket)) {
            both.add(ticket);
          }
        } else if (line.what() == What.ANSWERED
            && line.fact("says").equals("no")
            && line.fact("outcome").equals("answered")) {
          declined.put(line.fact("proposal"), line);
        }
      }
    }
    Map<String, Line> apart = new HashMap<>();
    asked.forEach(
        (proposal, both) -> {
          Line no = declined.get(proposal);
          if (no != null && both.size() == 2) {
            apart.put(devices(both), no);
          }
        });
    asked.forEach(
        (proposal, both) -> {
          Line no = both.size() == 2 ? apart.get(devices(both)) : null;
          if (no != null && !no.fact("proposal").equals(proposal)) {
            Line again = proposed(both.getFirst(), proposal);
            if (again.at() > no.at() && !story.forgot(no.at(), again.at())) {
              findings.broken(MatchingRule.REFUSED, "one declined the other before", no, again);
            }
          }
        });
  }

  private static Line proposed(Ticket ticket, String proposal) {
    return ticket.all(What.PROPOSED).stream()
        .filter(line -> line.fact("proposal").equals(proposal))
        .findFirst()
        .orElseThrow();
  }

  private static String devices(List<Ticket> both) {
    return couple(both.stream().map(ticket -> ticket.wish().device()).toList());
  }

  private static String couple(List<String> devices) {
    return String.join(" ", devices.stream().sorted().toList());
  }

  private long lastAsked(Session session) {
    return session.told().stream()
        .mapToLong(line -> story.ticket(line.ticket()).askedAt())
        .max()
        .orElse(0);
  }

  private List<String> devices(Session session) {
    return session.told().stream()
        .map(line -> story.ticket(line.ticket()).wish().device())
        .toList();
  }
}
