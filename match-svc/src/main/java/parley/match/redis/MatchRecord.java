package parley.match.redis;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import parley.domain.Cohort;
import parley.domain.NodeId;
import parley.domain.ParticipantId;
import parley.domain.SessionId;
import parley.match.core.AiMatch;
import parley.match.core.AiPeer;
import parley.match.core.AiWelcome;
import parley.match.core.Level;
import parley.match.core.Match;
import parley.match.core.MatchMember;
import parley.match.core.Rank;
import parley.match.core.TicketId;
import parley.platform.grpc.DomainWords;
import parley.proto.storage.match.v1.StoredAiPeer;

/// A stored match, read. The layout stands in `ticket_record.lua`.
final class MatchRecord {
  private static final int PARTICIPANT = 11;
  private static final String NO_TICKET = "-".repeat(22);

  private final SessionId session;
  private final Instant matchedAt;
  private final Instant enterBy;
  private final Level level;
  private final String answers;
  private final byte[] first;
  private final byte[] second;

  private MatchRecord(byte[] bytes) {
    RecordText record = new RecordText(bytes);
    session = new SessionId(record.text(22));
    matchedAt = record.moment();
    enterBy = record.moment();
    level = Level.ofStep(record.number(1));
    answers = record.text(2);
    first = record.next(record.number(4));
    second = record.rest();
  }

  static Match read(byte[] bytes, Cohort cohort) {
    MatchRecord match = new MatchRecord(bytes);
    Set<Integer> accepted = new HashSet<>();
    for (int i = 0; i < 2; i++) {
      if (match.answers.charAt(i) == 'A') {
        accepted.add(i + 1);
      }
    }
    return new Match(
        match.session,
        match.level,
        match.matchedAt,
        match.enterBy,
        List.of(member(match.first, cohort), member(match.second, cohort)),
        accepted);
  }

  static boolean isWithAi(byte[] bytes) {
    RecordText second = new RecordText(new MatchRecord(bytes).second);
    second.skip(PARTICIPANT);
    return second.text(NO_TICKET.length()).equals(NO_TICKET);
  }

  /// Told as what it is for who is out of line with it; who asks again while it is told at first
  /// knows better.
  static AiMatch readAi(byte[] bytes, Cohort cohort) {
    MatchRecord match = new MatchRecord(bytes);
    return new AiMatch(
        match.session,
        match.matchedAt,
        match.enterBy,
        member(match.first, cohort),
        peer(match.second),
        AiWelcome.INSTEAD);
  }

  private static MatchMember member(byte[] bytes, Cohort cohort) {
    RecordText member = new RecordText(bytes);
    ParticipantId participant = new ParticipantId(member.text(PARTICIPANT));
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

  private static AiPeer peer(byte[] bytes) {
    RecordText member = new RecordText(bytes);
    ParticipantId participant = new ParticipantId(member.text(PARTICIPANT));
    member.skip(22 + 11 + 16 + 1 + 1 + 7);
    try {
      StoredAiPeer stored = StoredAiPeer.parseFrom(member.rest());
      return new AiPeer(
          participant,
          new NodeId(stored.getNodeId()),
          stored.getReservationId(),
          DomainWords.read(stored.getTalker()),
          stored.getProvider());
    } catch (InvalidProtocolBufferException damaged) {
      throw new IllegalStateException("AI peer " + participant + " is stored damaged", damaged);
    }
  }

  static byte[] write(AiPeer peer) {
    return StoredAiPeer.newBuilder()
        .setNodeId(peer.node().text())
        .setReservationId(peer.reservation())
        .setTalker(DomainWords.write(peer.talker()))
        .setProvider(peer.provider())
        .build()
        .toByteArray();
  }
}
