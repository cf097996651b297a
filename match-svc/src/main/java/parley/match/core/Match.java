package parley.match.core;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import parley.domain.CorrelationId;
import parley.domain.ParticipantId;
import parley.domain.SessionId;

/// Two tickets taken together. Both owners hold the same: members in the order of their numbers,
/// the one who waited first. Times are Redis' clock.
///
/// @param accepted numbers of the members who accepted, or were not asked
public record Match(
    SessionId session,
    Level level,
    Instant matchedAt,
    Instant enterBy,
    List<MatchMember> members,
    Set<Integer> accepted) {
  public Match {
    members = List.copyOf(members);
    accepted = Set.copyOf(accepted);
    if (members.size() != 2) {
      throw new IllegalArgumentException("a match has " + members.size() + " members, expected 2");
    }
  }

  /// The match goes on under the correlation id of the one who arrived.
  public CorrelationId correlation() {
    return members.getLast().ticket().correlation();
  }

  public MatchMember member(ParticipantId participant) {
    return members.stream()
        .filter(member -> member.ticket().participant().equals(participant))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("not a member of " + session));
  }

  /// The same, once these have accepted.
  Match accepted(Set<Integer> now) {
    return new Match(session, level, matchedAt, enterBy, members, now);
  }

  /// Whether this participant has nothing to say any more: the other is asked.
  public boolean isAccepted(ParticipantId participant) {
    return accepted.contains(members.indexOf(member(participant)) + 1);
  }

  public MatchMember peerOf(ParticipantId participant) {
    MatchMember first = members.getFirst();
    return first.ticket().participant().equals(participant) ? members.getLast() : first;
  }

  /// Why this participant was matched.
  public Receipt receiptFor(ParticipantId participant) {
    return Receipt.of(member(participant), peerOf(participant), level, matchedAt);
  }
}
