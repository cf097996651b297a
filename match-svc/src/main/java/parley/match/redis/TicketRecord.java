package parley.match.redis;

import parley.domain.Cohort;
import parley.domain.ParticipantId;
import parley.domain.SessionId;
import parley.match.core.HeldTicket;
import parley.match.core.Rank;
import parley.match.core.Ticket;
import parley.match.core.TicketId;
import parley.match.core.TicketState;

/// A stored ticket, read. The layout stands in `ticket_record.lua`.
record TicketRecord(Ticket ticket, Rank rank, int attachment, String sessionText) {
  private static final String NO_SESSION = "-".repeat(22);

  static TicketRecord read(byte[] bytes, ParticipantId participant, Cohort cohort) {
    RecordText record = new RecordText(bytes);
    record.skip(3);
    Rank rank = new Rank(record.micros());
    record.skip(16);
    int attachment = record.number(4);
    record.skip(OwnerId.CHARACTERS);
    TicketId id = new TicketId(record.text(22));
    String session = record.text(22);
    record.skip(8);
    record.skip(record.number(4));
    Ticket ticket =
        StoredTickets.read(new StoredTickets.Owned(id, participant, cohort), record.rest());
    return new TicketRecord(ticket, rank, attachment, session);
  }

  HeldTicket in(TicketState state) {
    return new HeldTicket(
        ticket, state, sessionText.equals(NO_SESSION) ? null : new SessionId(sessionText));
  }

  /// The states that a script tells, by their letters.
  static TicketState state(String letter) {
    return switch (letter) {
      case "W" -> TicketState.WAITING;
      case "P" -> TicketState.PARKED;
      case "M" -> TicketState.MATCHED;
      case "T" -> TicketState.MET;
      case "C" -> TicketState.CANCELLED;
      case "E" -> TicketState.EXPIRED;
      default -> throw new IllegalStateException("state is '" + letter + "', expected WPMTCE");
    };
  }
}
