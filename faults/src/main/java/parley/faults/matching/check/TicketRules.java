package parley.faults.matching.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One ticket's life: a place that is kept, one end, one at a time, and the way back.
final class TicketRules {
  private static final long MEASURED_SO_WELL = 100_000_000L;

  private final Story story;
  private final Findings findings;
  private final Map<String, Line> toldAlone = new HashMap<>();

  TicketRules(Story story, Findings findings) {
    this.story = story;
    this.findings = findings;
  }

  void check() {
    for (Ticket ticket : story.tickets()) {
      checkOver(ticket);
      checkNewest(ticket);
      checkSilence(ticket);
    }
    story.people().forEach(person -> checkOneAtATime(story.ticketsOf(person)));
    story.all(What.TOLD_ALONE).forEach(line -> toldAlone.putIfAbsent(line.fact("id"), line));
    for (Session session : story.sessions()) {
      session.told().forEach(told -> checkRank(session, told));
      checkWayBack(session);
      session.told().forEach(told -> checkVoid(session, told));
    }
  }

  /// What was cancelled is not matched with somebody who asked later.
  private void checkOver(Ticket ticket) {
    for (Line over : ticket.lines()) {
      if (ends(over)) {
        for (Session session : story.sessionsOf(ticket.wish().participant())) {
          Optional<Line> peer =
              session.told().stream().filter(line -> !isOfTheSame(ticket, line)).findFirst();
          boolean later =
              peer.isPresent() && story.ticket(peer.get().ticket()).askedAt() > over.at();
          if (later && isIts(ticket, session, over)) {
            findings.broken(MatchingRule.OVER_IS_OVER, "matched after its end", over, peer.get());
          }
        }
      }
    }
  }

  private boolean isOfTheSame(Ticket ticket, Line line) {
    return story.ticket(line.ticket()).wish().participant().equals(ticket.wish().participant());
  }

  /// The ticket that was told of a match is the one that was matched. If none was, any that may
  /// have lived then: a later one, or an earlier one that the store forgot and its owner entered
  /// again.
  private boolean isIts(Ticket ticket, Session session, Line over) {
    Optional<Line> told =
        session.told().stream().filter(line -> isOfTheSame(ticket, line)).findFirst();
    return told.map(line -> line.ticket() == ticket.number())
        .orElseGet(
            () -> !hasLaterTicket(ticket, session) && !hasEarlierTicket(ticket, session, over));
  }

  private static boolean ends(Line line) {
    return switch (line.what()) {
      case CANCELLED -> line.fact("outcome").equals("cancelled");
      case ENDED -> line.fact("how").matches("cancelled|expired");
      default -> false;
    };
  }

  private boolean hasLaterTicket(Ticket ticket, Session session) {
    for (Ticket other : story.ticketsOf(ticket.wish().participant())) {
      if (other.number() != ticket.number()
          && mayHaveLived(other)
          && other.askedAt() > ticket.askedAt()
          && other.askedAt() < session.told().getLast().at()) {
        return true;
      }
    }
    return false;
  }

  private boolean hasEarlierTicket(Ticket ticket, Session session, Line over) {
    for (Ticket other : story.ticketsOf(ticket.wish().participant())) {
      boolean isOpen =
          other.open(story.end()).stream()
              .anyMatch(
                  open -> open.from() < ticket.askedAt() && open.to() > session.firstToldAt());
      if (isOpen && story.forgot(other.askedAt(), over.at())) {
        return true;
      }
    }
    return false;
  }

  /// Whose call broke unanswered may have been made all the same, unless it was refused in the end.
  private static boolean mayHaveLived(Ticket ticket) {
    boolean isRefused =
        ticket.all(What.ENDED).stream()
            .anyMatch(line -> line.fact("how").matches("another_ticket_live|request_id_reused"));
    return ticket.first(What.ACCEPTED).isPresent()
        || (ticket.first(What.BROKEN).isPresent() && !isRefused);
  }

  /// Who took a ticket up when each stream before had been accepted, or was gone, keeps it. A
  /// stream that was not answered yet may be the newer one for all that its node knows.
  private void checkNewest(Ticket ticket) {
    boolean answered = true;
    boolean allAnswered = true;
    for (Line line : ticket.lines()) {
      switch (line.what()) {
        case TAKING_UP -> {
          allAnswered &= answered;
          answered = false;
        }
        case ACCEPTED, BROKEN -> answered = true;
        case ENDED -> {
          if (line.fact("how").equals("moved") && answered && allAnswered) {
            findings.broken(
                MatchingRule.NEWEST, "it was told to give way", ticket.lines().getFirst(), line);
          }
        }
        default -> {}
      }
    }
  }

  private void checkSilence(Ticket ticket) {
    for (Line silent : ticket.all(What.SILENT)) {
      if (story.calm(silent.at() - story.span("patience"), silent.at())) {
        findings.broken(
            MatchingRule.SPOKEN_TO,
            "nothing was said, " + silent.fact("stream"),
            ticket.lines().getFirst(),
            silent);
      }
    }
  }

  private void checkOneAtATime(List<Ticket> mine) {
    for (Ticket first : mine) {
      for (Ticket second : mine) {
        Optional<Line> accepted = second.first(What.ACCEPTED);
        if (first.number() != second.number() && accepted.isPresent()) {
          long at = accepted.get().at();
          for (Ticket.Span open : first.open(story.end())) {
            boolean lives =
                open.from() < second.askedAt()
                    && open.to() > at + story.span("patience")
                    && first.all(What.CANCELLING).stream().noneMatch(line -> line.at() < at);
            if (lives && story.calm(second.askedAt(), at)) {
              findings.broken(
                  MatchingRule.ONE_LIVE,
                  "the first was open, the second was accepted",
                  first.lines().getFirst(),
                  accepted.get());
            }
          }
        }
      }
    }
  }

  /// The match was not made before the other one asked: so long, at least, had it waited then.
  private void checkRank(Session session, Line told) {
    Ticket mine = story.ticket(told.ticket());
    Optional<Ticket> peer = story.peer(session, mine);
    Optional<Line> accepted = mine.first(What.ACCEPTED);
    if (peer.isPresent() && accepted.isPresent()) {
      long atLeast = peer.get().askedAt() - accepted.get().at() - MEASURED_SO_WELL;
      if (told.number("waited") * 1_000_000 < atLeast) {
        findings.broken(
            MatchingRule.RANK,
            "it had waited for " + atLeast / 1_000_000 + " ms at least",
            accepted.get(),
            peer.get().lines().getFirst(),
            told);
      }
    }
  }

  /// Who took the ticket up after the settlement is not told of that session again.
  private void checkVoid(Session session, Line told) {
    Optional<Line> settled = session.settled().filter(_ -> !session.met());
    Ticket ticket = story.ticket(told.ticket());
    Optional<Line> takenUp =
        ticket.all(What.TAKING_UP).stream()
            .filter(line -> settled.isPresent() && line.at() > settled.get().at())
            .findFirst();
    ticket.all(What.MATCHED).stream()
        .filter(line -> line.fact("session").equals(session.id()))
        .filter(line -> takenUp.isPresent() && line.at() > takenUp.get().at())
        .forEach(
            again ->
                findings.broken(
                    MatchingRule.VOID_IS_OVER, "told again", told, settled.orElseThrow(), again));
  }

  /// Who came alone is told before the settlement is answered, in time, and may go on at once.
  private void checkWayBack(Session session) {
    for (Line settled : session.settling()) {
      boolean alone =
          settled.what() == What.SETTLED
              && settled.list("entered").size() == 1
              && settled.fact("outcome").equals("settled");
      if (alone) {
        Ticket mine = story.ticket(Integer.parseInt(settled.fact("entered")));
        String id = mine.first(What.ACCEPTED).map(line -> line.fact("id")).orElse("");
        Optional<Line> told =
            Optional.ofNullable(toldAlone.get(id)).filter(line -> line.at() < settled.at());
        if (told.isEmpty()) {
          findings.broken(MatchingRule.BACK_IN_LINE, "it was not told", settled);
        } else {
          checkTaken(session, mine, told.get());
        }
      }
    }
  }

  private void checkTaken(Session session, Ticket mine, Line told) {
    long late = told.at() - session.firstToldAt() - story.span("enter");
    if (late > story.span("patience") && story.calm(session.firstToldAt(), told.at())) {
      findings.broken(MatchingRule.BACK_IN_LINE, "it was told late", told);
    }
    boolean mayBeOver =
        told.at() > session.surelyUntil(story, story.span("enter") + story.span("settle"))
            || mine.all(What.CANCELLING).stream().anyMatch(line -> line.at() < told.at());
    List<Line> after =
        mine.lines().stream()
            .filter(line -> line.at() > told.at() && line.what() != What.RELAXING)
            .toList();
    boolean asks =
        after.size() > 1
            && after.getFirst().what() == What.TAKING_UP
            && after.getFirst().at() - told.at() < story.span("park") / 2;
    if (asks
        && !mayBeOver
        && after.get(1).what() == What.ENDED
        && story.calm(session.firstToldAt(), after.get(1).at())) {
      findings.broken(MatchingRule.BACK_IN_LINE, "it was not taken back", told, after.get(1));
    }
  }
}
