package parley.session.core;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.domain.Cohort;
import parley.domain.CorrelationId;
import parley.domain.MemberKind;
import parley.domain.Mode;
import parley.domain.Position;
import parley.domain.SessionId;
import parley.relay.Arrival;
import parley.relay.Attendance;
import parley.relay.Who;
import parley.session.core.port.Bodies;

/// What a grant or a pass says, once it was found to be good and its caller's own.
///
/// @param member the caller's number in the session, 1 and up
/// @param kinds of all members, in the order of their numbers
/// @param correlation of this call: follows this member from the guest on
/// @param match follows the match, the same for all its members
/// @param readReceipts as this member wished when it entered
/// @param enterBy till when a member may enter for the first time, by the clock of Redis; null for
///   a pass: who has one has entered
public record Admission(
    SessionId session,
    int member,
    Who who,
    List<MemberKind> kinds,
    Mode mode,
    Cohort cohort,
    CorrelationId correlation,
    CorrelationId match,
    ReadReceipts readReceipts,
    @Nullable Instant enterBy) {
  public Admission {
    kinds = List.copyOf(kinds);
    if (member < 1 || member > kinds.size()) {
      throw new IllegalArgumentException("member is " + member + ", expected 1 to " + kinds.size());
    }
  }

  Arrival arrival(@Nullable Position position, Bodies bodies) {
    Attendance attendance = new Attendance(who, bodies.encode(About.of(this)));
    return new Arrival(session, member, kinds.size(), enterBy, position, attendance);
  }

  MemberKind kindOf(int number) {
    return kinds.get(number - 1);
  }
}
