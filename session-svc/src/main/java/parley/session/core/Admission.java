package parley.session.core;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.domain.Cohort;
import parley.domain.CorrelationId;
import parley.domain.MemberKind;
import parley.domain.Mode;
import parley.domain.Position;
import parley.domain.SessionId;
import parley.relay.Arrival;
import parley.relay.Attendance;
import parley.relay.Beginning;
import parley.relay.Body;
import parley.relay.Who;

/// What a grant or a pass says, once it was found to be good and its caller's own.
///
/// @param member the caller's number in the session, 1 and up
/// @param kinds of all members, in the order of their numbers
/// @param correlation of this call: follows this member from the guest on
/// @param match follows the match, the same for all its members
/// @param readReceipts as this member wished when it entered
/// @param ai of a session with an AI; null if all are people
/// @param replaces the session that this member left for this one; null for none
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
    @Nullable AiPeer ai,
    @Nullable SessionId replaces,
    @Nullable Instant enterBy) {
  public Admission {
    kinds = List.copyOf(kinds);
    if (member < 1 || member > kinds.size()) {
      throw new IllegalArgumentException("member is " + member + ", expected 1 to " + kinds.size());
    }
  }

  Arrival arrival(@Nullable Position position, ConversationPorts ports, PresenceTimes times) {
    Attendance attendance = new Attendance(who, beginning(ports, times), replaces);
    return new Arrival(session, member, kinds.size(), enterBy, position, attendance);
  }

  /// The caller's own.
  public MemberKind kind() {
    return kindOf(member);
  }

  MemberKind kindOf(int number) {
    return kinds.get(number - 1);
  }

  /// Whoever comes first, the session begins with what the AI is.
  private Beginning beginning(ConversationPorts ports, PresenceTimes times) {
    Body opening =
        ai == null
            ? null
            : ports.bodies().encode(new Content.Disclosure(ports.disclosures().text(ai)));
    Map<Integer, Duration> patience = new HashMap<>();
    for (int number = 1; number <= kinds.size(); number++) {
      if (kindOf(number) == MemberKind.AI) {
        patience.put(number, times.aiPatience());
      }
    }
    return new Beginning(ports.bodies().encode(About.of(this)), opening, patience);
  }
}
