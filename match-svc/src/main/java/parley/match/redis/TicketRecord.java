package parley.match.redis;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import parley.domain.Cohort;
import parley.domain.ParticipantId;
import parley.domain.SessionId;
import parley.match.core.Companion;
import parley.match.core.HeldTicket;
import parley.match.core.Level;
import parley.match.core.Rank;
import parley.match.core.Standing;
import parley.match.core.Ticket;
import parley.match.core.TicketId;
import parley.match.core.TicketState;

/// A stored ticket, read. The layout stands in `ticket_record.lua`.
record TicketRecord(
    Ticket ticket,
    Rank rank,
    Level level,
    int attempt,
    Duration relaxed,
    int attachment,
    String sessionText,
    AiText ai) {
  private static final String NO_SESSION = "-".repeat(22);

  static TicketRecord read(byte[] bytes, ParticipantId participant, Cohort cohort) {
    RecordText record = new RecordText(bytes);
    record.skip(1);
    Level level = Level.ofStep(record.number(1));
    int attempt = record.number(1);
    Rank rank = new Rank(record.micros());
    record.skip(16);
    int attachment = record.number(4);
    record.skip(OwnerId.CHARACTERS);
    TicketId id = new TicketId(record.text(22));
    String session = record.text(22);
    record.skip(11);
    Duration relaxed = Duration.ofMillis(record.number(7));
    AiText ai = AiText.read(record.text(record.number(4)));
    Ticket ticket =
        StoredTickets.read(new StoredTickets.Owned(id, participant, cohort), record.rest());
    return new TicketRecord(ticket, rank, level, attempt, relaxed, attachment, session, ai);
  }

  /// @param match as stored, empty if there is none to tell
  HeldTicket in(TicketState state, byte[] match) {
    Companion companion =
        switch (state) {
          case WAITING, PARKED, PROPOSED, MATCHED, MET -> ai.companion();
          case CANCELLED, EXPIRED -> null;
        };
    if (match.length == 0) {
      return new HeldTicket(ticket, state, session(), null, null, companion);
    }
    return MatchRecord.isWithAi(match)
        ? new HeldTicket(
            ticket, state, session(), null, MatchRecord.readAi(match, ticket.cohort()), companion)
        : new HeldTicket(
            ticket, state, session(), MatchRecord.read(match, ticket.cohort()), null, companion);
  }

  @Nullable SessionId session() {
    return sessionOf(sessionText);
  }

  static @Nullable SessionId sessionOf(String text) {
    return text.equals(NO_SESSION) ? null : new SessionId(text);
  }

  /// As it stands at a moment of Redis' clock, in microseconds.
  Standing standing(long now) {
    Duration waited = Duration.ofNanos(Math.max(0, now - rank.micros()) * 1000);
    return new Standing(rank, attachment, level, attempt, relaxed, waited, ai.standing(now));
  }

  /// The states that a script tells, by their letters.
  static TicketState state(String letter) {
    return switch (letter) {
      case "W" -> TicketState.WAITING;
      case "P" -> TicketState.PARKED;
      case "R" -> TicketState.PROPOSED;
      case "M" -> TicketState.MATCHED;
      case "T" -> TicketState.MET;
      case "C" -> TicketState.CANCELLED;
      case "E" -> TicketState.EXPIRED;
      default -> throw new IllegalStateException("state is '" + letter + "', expected WPRMTCE");
    };
  }
}
