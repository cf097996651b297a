package parley.session.api;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parley.domain.CorrelationId;
import parley.domain.MemberKind;
import parley.domain.Principal;
import parley.domain.SessionId;
import parley.platform.auth.MemberHash;
import parley.platform.auth.Purpose;
import parley.platform.auth.Seals;
import parley.platform.grpc.Correlation;
import parley.platform.grpc.Denied;
import parley.platform.grpc.DomainWords;
import parley.platform.grpc.Failures;
import parley.proto.session.v1.Enter;
import parley.proto.token.v1.AiDisclosure;
import parley.proto.token.v1.Grant;
import parley.proto.token.v1.GrantMember;
import parley.proto.token.v1.Pass;
import parley.relay.Who;
import parley.session.core.Admission;
import parley.session.core.AiPeer;
import parley.session.core.ReadReceipts;

/// Opens grants and passes, and seals passes. Whatever is wrong with one, whatever session it
/// names, the answer is the same: not a member.
public final class Credentials {
  private final Seals seals;
  private final InstantSource clock;
  private final Duration passLife;

  private Credentials(Seals seals, InstantSource clock, Duration passLife) {
    this.seals = seals;
    this.clock = clock;
    this.passLife = passLife;
  }

  /// @param secrets the file of seals
  public static Credentials open(Path secrets, InstantSource clock, Duration passLife) {
    return new Credentials(Seals.open(secrets), clock, passLife);
  }

  Duration passLife() {
    return passLife;
  }

  /// @throws io.grpc.StatusRuntimeException PERMISSION_DENIED
  Admission admit(Enter enter, Principal caller) {
    SessionHeader.require(enter.getSessionId());
    return switch (enter.getCredentialCase()) {
      case GRANT -> byGrant(enter, caller);
      case PASS -> {
        Pass pass = open(Purpose.PASS, enter.getPass(), Pass.parser());
        ReadReceipts before = wished(pass);
        yield byPass(enter.getSessionId(), pass, wished(enter, before), caller);
      }
      case CREDENTIAL_NOT_SET -> throw notMember();
    };
  }

  /// @throws io.grpc.StatusRuntimeException PERMISSION_DENIED
  Admission admit(String session, ByteString pass, Principal caller) {
    SessionHeader.require(session);
    Pass opened = open(Purpose.PASS, pass, Pass.parser());
    return byPass(session, opened, wished(opened), caller);
  }

  /// What is for people alone.
  ///
  /// @throws io.grpc.StatusRuntimeException PERMISSION_DENIED
  Admission admitPerson(String session, ByteString pass, Principal caller) {
    Admission member = admit(session, pass, caller);
    if (member.kind() != MemberKind.PERSON) {
      throw Failures.permissionDenied(Denied.PERSONS_ONLY);
    }
    return member;
  }

  /// Cursors that are sealed with the same secrets.
  Cursors cursors() {
    return new Cursors(seals);
  }

  byte[] pass(Admission member, int epoch) {
    Pass.Builder pass =
        Pass.newBuilder()
            .setSessionId(ByteString.copyFrom(member.session().bytes()))
            .setMember(member.member())
            .setEpoch(epoch)
            .setCohort(DomainWords.write(member.cohort()))
            .setKind(DomainWords.write(member.kinds().get(member.member() - 1)))
            .setParticipantHash(
                ByteString.copyFrom(MemberHash.of(member.who().participant(), member.session())))
            .setExpiresAtMs(clock.instant().plus(passLife).toEpochMilli())
            .setMode(DomainWords.write(member.mode()))
            .setCorrelationId(member.match().text())
            .setReadReceiptsHidden(member.readReceipts() == ReadReceipts.HIDDEN);
    AiPeer ai = member.ai();
    if (ai != null) {
      pass.setAi(
          AiDisclosure.newBuilder()
              .addAllLanguages(ai.languages())
              .setTalker(DomainWords.write(ai.talker()))
              .setProvider(ai.provider()));
    }
    member.kinds().forEach(kind -> pass.addMemberKinds(DomainWords.write(kind)));
    return seals.seal(Purpose.PASS, pass.build().toByteArray());
  }

  private Admission byGrant(Enter enter, Principal caller) {
    Grant grant = open(Purpose.GRANT, enter.getGrant(), Grant.parser());
    SessionId session = requireSession(enter.getSessionId(), grant.getSessionId());
    int member = memberNumber(grant.getMembersList(), MemberHash.of(caller.participant(), session));
    List<MemberKind> kinds =
        grant.getMembersList().stream().map(one -> DomainWords.read(one.getKind())).toList();
    ByteString replaces = grant.getReplacesSessionId();
    return checked(
        caller,
        new Admission(
            session,
            member,
            new Who(caller.participant(), caller.device()),
            kinds,
            DomainWords.read(grant.getMode()),
            DomainWords.read(grant.getCohort()),
            Correlation.current(),
            new CorrelationId(grant.getCorrelationId()),
            wished(enter, ReadReceipts.SHOWN),
            ai(kinds, grant.getAi()),
            replaces.isEmpty() ? null : SessionId.of(replaces.toByteArray()),
            Instant.ofEpochMilli(grant.getEnterByMs())));
  }

  private Admission byPass(String named, Pass pass, ReadReceipts wished, Principal caller) {
    SessionId session = requireSession(named, pass.getSessionId());
    byte[] hash = MemberHash.of(caller.participant(), session);
    boolean over = clock.instant().toEpochMilli() >= pass.getExpiresAtMs();
    if (over || !Arrays.equals(pass.getParticipantHash().toByteArray(), hash)) {
      throw notMember();
    }
    List<MemberKind> kinds = pass.getMemberKindsList().stream().map(DomainWords::read).toList();
    return checked(
        caller,
        new Admission(
            session,
            pass.getMember(),
            new Who(caller.participant(), caller.device()),
            kinds,
            DomainWords.read(pass.getMode()),
            DomainWords.read(pass.getCohort()),
            Correlation.current(),
            new CorrelationId(pass.getCorrelationId()),
            wished,
            ai(kinds, pass.getAi()),
            null,
            null));
  }

  /// Nobody enters as what they are not.
  private static Admission checked(Principal caller, Admission member) {
    if (member.kind() != caller.kind()) {
      throw notMember();
    }
    return member;
  }

  private static @Nullable AiPeer ai(List<MemberKind> kinds, AiDisclosure ai) {
    return kinds.contains(MemberKind.AI)
        ? new AiPeer(ai.getLanguagesList(), DomainWords.read(ai.getTalker()), ai.getProvider())
        : null;
  }

  private static ReadReceipts wished(Pass pass) {
    return pass.getReadReceiptsHidden() ? ReadReceipts.HIDDEN : ReadReceipts.SHOWN;
  }

  private static ReadReceipts wished(Enter enter, ReadReceipts before) {
    return switch (enter.getReadReceipts()) {
      case READ_RECEIPTS_SHOWN -> ReadReceipts.SHOWN;
      case READ_RECEIPTS_HIDDEN -> ReadReceipts.HIDDEN;
      case READ_RECEIPTS_UNSPECIFIED, UNRECOGNIZED -> before;
    };
  }

  private <M> M open(Purpose purpose, ByteString sealed, Parser<M> parser) {
    Optional<byte[]> payload = seals.open(purpose, sealed.toByteArray());
    try {
      return parser.parseFrom(payload.orElseThrow(Credentials::notMember));
    } catch (InvalidProtocolBufferException ofAnotherVersion) {
      throw notMember();
    }
  }

  private static SessionId requireSession(String named, ByteString sealed) {
    SessionId session = SessionId.of(sealed.toByteArray());
    if (!session.text().equals(named)) {
      throw notMember();
    }
    return session;
  }

  private static int memberNumber(List<GrantMember> members, byte[] hash) {
    ByteString mine = ByteString.copyFrom(hash);
    for (int i = 0; i < members.size(); i++) {
      if (members.get(i).getParticipantHash().equals(mine)) {
        return i + 1;
      }
    }
    throw notMember();
  }

  private static RuntimeException notMember() {
    return Failures.permissionDenied(Denied.NOT_MEMBER);
  }
}
