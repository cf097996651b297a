package parley.match.api;

import com.google.protobuf.ByteString;
import java.time.Instant;
import parley.domain.Cohort;
import parley.domain.MemberKind;
import parley.domain.ParticipantId;
import parley.domain.SessionId;
import parley.match.core.AiMatch;
import parley.match.core.Companion;
import parley.match.core.Language;
import parley.match.core.Match;
import parley.match.core.Ticket;
import parley.platform.auth.MemberHash;
import parley.platform.auth.Purpose;
import parley.platform.auth.Seals;
import parley.platform.grpc.DomainWords;
import parley.proto.token.v1.AiDisclosure;
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
    return seal(grant(match));
  }

  /// For the one who talks with an AI peer: entering closes that conversation first.
  ByteString seal(Match match, Companion replaced) {
    return seal(grant(match).setReplacesSessionId(ByteString.copyFrom(replaced.session().bytes())));
  }

  /// For both.
  ByteString seal(AiMatch match) {
    SessionId session = match.session();
    Ticket person = match.person().ticket();
    return seal(
        grant(session, person, match.enterBy())
            .setCorrelationId(person.correlation().text())
            .addMembers(member(person.participant(), MemberKind.PERSON, session))
            .addMembers(member(match.peer().participant(), MemberKind.AI, session))
            .setAi(
                AiDisclosure.newBuilder()
                    .addAllLanguages(
                        person.criteria().languages().stream().map(Language::code).toList())
                    .setTalker(DomainWords.write(match.peer().talker()))
                    .setProvider(match.peer().provider())));
  }

  private ByteString seal(Grant.Builder grant) {
    return ByteString.copyFrom(seals.seal(Purpose.GRANT, grant.build().toByteArray()));
  }

  private static Grant.Builder grant(Match match) {
    SessionId session = match.session();
    Grant.Builder grant =
        grant(session, match.members().getFirst().ticket(), match.enterBy())
            .setCorrelationId(match.correlation().text());
    match.members().stream()
        .map(member -> member(member.ticket().participant(), MemberKind.PERSON, session))
        .forEach(grant::addMembers);
    return grant;
  }

  private static Grant.Builder grant(SessionId session, Ticket any, Instant enterBy) {
    return Grant.newBuilder()
        .setSessionId(ByteString.copyFrom(session.bytes()))
        .setMode(DomainWords.write(any.criteria().pool().mode()))
        .setCohort(DomainWords.write(any.cohort()))
        .setEnterByMs(enterBy.toEpochMilli())
        .setCallPolicy(
            CallPolicy.newBuilder().setCallsAllowed(any.cohort() == Cohort.ADULT).build());
  }

  private static GrantMember member(ParticipantId who, MemberKind kind, SessionId session) {
    return GrantMember.newBuilder()
        .setParticipantHash(ByteString.copyFrom(MemberHash.of(who, session)))
        .setKind(DomainWords.write(kind))
        .build();
  }
}
