package parley.match.api;

import com.google.protobuf.ByteString;
import parley.domain.Cohort;
import parley.domain.MemberKind;
import parley.domain.SessionId;
import parley.match.core.Match;
import parley.match.core.MatchMember;
import parley.match.core.Ticket;
import parley.platform.auth.MemberHash;
import parley.platform.auth.Purpose;
import parley.platform.auth.Seals;
import parley.proto.token.v1.CallPolicy;
import parley.proto.token.v1.Grant;
import parley.proto.token.v1.GrantMember;

/// Seals the permission to enter one match's session. It is made of the match alone, so both
/// owners, and either of them again, make the same bytes.
final class Grants {
  private final Seals seals;

  Grants(Seals seals) {
    this.seals = seals;
  }

  ByteString seal(Match match) {
    Ticket any = match.members().getFirst().ticket();
    Grant.Builder grant =
        Grant.newBuilder()
            .setSessionId(ByteString.copyFrom(match.session().bytes()))
            .setMode(DomainWords.mode(any.criteria().pool().mode()))
            .setCohort(DomainWords.cohort(any.cohort()))
            .setEnterByMs(match.enterBy().toEpochMilli())
            .setCorrelationId(match.correlation().text())
            .setCallPolicy(
                CallPolicy.newBuilder().setCallsAllowed(any.cohort() == Cohort.ADULT).build());
    match.members().forEach(member -> grant.addMembers(member(member, match.session())));
    return ByteString.copyFrom(seals.seal(Purpose.GRANT, grant.build().toByteArray()));
  }

  private static GrantMember member(MatchMember member, SessionId session) {
    return GrantMember.newBuilder()
        .setParticipantHash(
            ByteString.copyFrom(MemberHash.of(member.ticket().participant(), session)))
        .setKind(DomainWords.kind(MemberKind.PERSON))
        .build();
  }
}
