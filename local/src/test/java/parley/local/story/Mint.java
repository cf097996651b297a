package parley.local.story;

import com.google.protobuf.ByteString;
import io.grpc.Channel;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.random.RandomGenerator;
import parley.domain.Cohort;
import parley.domain.DeviceId;
import parley.domain.FamilyId;
import parley.domain.Gender;
import parley.domain.MemberKind;
import parley.domain.ParticipantId;
import parley.domain.Principal;
import parley.domain.SessionId;
import parley.local.LocalMachine;
import parley.platform.auth.AccessTokenSigner;
import parley.platform.auth.AuthConfig;
import parley.platform.auth.MemberHash;
import parley.platform.auth.Purpose;
import parley.platform.auth.Seals;
import parley.platform.discovery.ServiceName;
import parley.proto.session.v1.Enter;
import parley.proto.session.v1.SessionServiceGrpc;
import parley.proto.session.v1.SessionServiceGrpc.SessionServiceStub;
import parley.proto.token.v1.Grant;
import parley.proto.token.v1.GrantMember;

/// Makes what members of a conversation must show with a machine's own keys: for stories with so
/// many members that guests and searches would be most of the work.
final class Mint {
  private static final Duration LIFE = Duration.ofMinutes(10);

  private final RandomGenerator random = RandomGenerator.getDefault();
  private final AccessTokenSigner signer;
  private final Seals seals;

  private Mint(AccessTokenSigner signer, Seals seals) {
    this.signer = signer;
    this.seals = seals;
  }

  static Mint of(LocalMachine machine) {
    Map<String, String> identity = machine.settings().of(ServiceName.IDENTITY, "mint");
    AccessTokenSigner signer =
        AccessTokenSigner.open(
            Path.of(identity.get("auth.keys")),
            AuthConfig.DEFAULT_NAME,
            AuthConfig.DEFAULT_NAME,
            Clock.systemUTC());
    return new Mint(signer, Seals.open(Path.of(identity.get("auth.seals"))));
  }

  Match match() {
    return new Match(
        SessionId.random(random), ParticipantId.random(random), ParticipantId.random(random));
  }

  /// Two people who may enter.
  final class Match {
    private final SessionId session;
    private final ParticipantId first;
    private final ParticipantId second;

    private Match(SessionId session, ParticipantId first, ParticipantId second) {
      this.session = session;
      this.first = first;
      this.second = second;
    }

    ParticipantId first() {
      return first;
    }

    ParticipantId second() {
      return second;
    }

    Enter enter() {
      Grant grant =
          Grant.newBuilder()
              .setSessionId(ByteString.copyFrom(session.bytes()))
              .addMembers(member(first))
              .addMembers(member(second))
              .setMode(parley.proto.domain.v1.Mode.MODE_TEXT)
              .setCohort(parley.proto.domain.v1.Cohort.COHORT_ADULT)
              .setEnterByMs(System.currentTimeMillis() + LIFE.toMillis())
              .setCorrelationId("story-" + session.text())
              .build();
      return Enter.newBuilder()
          .setSessionId(session.text())
          .setGrant(ByteString.copyFrom(seals.seal(Purpose.GRANT, grant.toByteArray())))
          .build();
    }

    /// With the headers of one of the two.
    SessionServiceStub stub(Channel channel, ParticipantId who) {
      Metadata headers = new Metadata();
      headers.put(header("authorization"), "Bearer " + token(who));
      headers.put(header("x-parley-session"), session.text());
      return SessionServiceGrpc.newStub(channel)
          .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private GrantMember member(ParticipantId who) {
      return GrantMember.newBuilder()
          .setParticipantHash(ByteString.copyFrom(MemberHash.of(who, session)))
          .setKind(parley.proto.domain.v1.MemberKind.MEMBER_KIND_PERSON)
          .build();
    }
  }

  private String token(ParticipantId who) {
    Principal principal =
        new Principal(
            who,
            DeviceId.random(random),
            FamilyId.random(random),
            Cohort.ADULT,
            Gender.UNSTATED,
            MemberKind.PERSON);
    return signer.sign(principal, LIFE);
  }

  private static Metadata.Key<String> header(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }
}
