package parley.match.redis;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import parley.domain.Cohort;
import parley.domain.ParticipantId;
import parley.domain.SessionId;
import parley.match.core.Level;
import parley.match.core.Match;
import parley.match.core.MatchMember;
import parley.match.core.Rank;
import parley.match.core.TicketId;

/// A stored match, read. The layout stands in `ticket_record.lua`.
final class MatchRecord {
  private MatchRecord() {}

  static Match read(byte[] bytes, Cohort cohort) {
    RecordText record = new RecordText(bytes);
    SessionId session = new SessionId(record.text(22));
    Instant matchedAt = record.moment();
    Instant enterBy = record.moment();
    Level level = Level.ofStep(record.number(1));
    record.skip(2);
    byte[] first = record.next(record.number(4));
    return new Match(
        session,
        level,
        matchedAt,
        enterBy,
        List.of(member(first, cohort), member(record.rest(), cohort)));
  }

  private static MatchMember member(byte[] bytes, Cohort cohort) {
    RecordText member = new RecordText(bytes);
    ParticipantId participant = new ParticipantId(member.text(11));
    TicketId ticket = new TicketId(member.text(22));
    member.skip(11);
    Rank rank = new Rank(member.micros());
    int attempt = member.number(1);
    Level level = Level.ofStep(member.number(1));
    Duration relaxed = Duration.ofMillis(member.number(7));
    return new MatchMember(
        StoredTickets.read(new StoredTickets.Owned(ticket, participant, cohort), member.rest()),
        rank,
        attempt,
        level,
        relaxed);
  }
}
