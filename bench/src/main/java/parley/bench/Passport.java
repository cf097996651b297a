package parley.bench;

import com.google.protobuf.ByteString;
import io.grpc.CallCredentials;
import io.grpc.Metadata;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import parley.domain.Cohort;
import parley.domain.DeviceId;
import parley.domain.FamilyId;
import parley.domain.Gender;
import parley.domain.MemberKind;
import parley.domain.ParticipantId;
import parley.domain.Principal;
import parley.domain.SessionId;
import parley.platform.auth.AccessKeyFiles;
import parley.platform.auth.AccessTokenSigner;
import parley.platform.auth.AuthConfig;
import parley.platform.auth.MemberHash;
import parley.platform.auth.Purpose;
import parley.platform.auth.SealFiles;
import parley.platform.auth.Seals;
import parley.proto.token.v1.Grant;
import parley.proto.token.v1.GrantMember;

/// Makes what a member must show, without identity-svc and match-svc: so that a session node is
/// measured alone.
final class Passport {
  private static final Duration LIFE = Duration.ofHours(2);

  private final Path folder;
  private final RandomGenerator random;
  private final AccessTokenSigner signer;
  private final Seals seals;

  private Passport(Path folder, RandomGenerator random) {
    this.folder = folder;
    this.random = random;
    this.signer =
        AccessTokenSigner.open(
            folder.resolve("keys"),
            AuthConfig.DEFAULT_NAME,
            AuthConfig.DEFAULT_NAME,
            Clock.systemUTC());
    this.seals = Seals.open(folder.resolve("seals.yaml"));
  }

  /// Makes keys and secrets in an empty folder.
  static Passport create(Path folder, RandomGenerator random) {
    AccessKeyFiles.create(folder.resolve("keys"));
    SealFiles.create(folder.resolve("seals.yaml"));
    return new Passport(folder, random);
  }

  Path jwks() {
    return AccessKeyFiles.jwks(folder.resolve("keys"));
  }

  Path secrets() {
    return folder.resolve("seals.yaml");
  }

  ParticipantId participant() {
    return ParticipantId.random(random);
  }

  SessionId session() {
    return SessionId.random(random);
  }

  /// The grant of a match between two people.
  ByteString grant(SessionId session, ParticipantId one, ParticipantId other) {
    Grant grant =
        Grant.newBuilder()
            .setSessionId(ByteString.copyFrom(session.bytes()))
            .addMembers(member(one, session))
            .addMembers(member(other, session))
            .setMode(parley.proto.domain.v1.Mode.MODE_TEXT)
            .setCohort(parley.proto.domain.v1.Cohort.COHORT_ADULT)
            .setEnterByMs(System.currentTimeMillis() + LIFE.toMillis())
            .setCorrelationId("bench-" + session.text())
            .build();
    return ByteString.copyFrom(seals.seal(Purpose.GRANT, grant.toByteArray()));
  }

  /// What each call of this participant in this session carries.
  CallCredentials credentials(ParticipantId participant, SessionId session) {
    String token =
        signer.sign(
            new Principal(
                participant,
                DeviceId.random(random),
                FamilyId.random(random),
                Cohort.ADULT,
                Gender.UNSTATED,
                MemberKind.PERSON),
            LIFE);
    return new Headers("Bearer " + token, session.text());
  }

  /// What each call of a person of this gender carries.
  CallCredentials person(Gender gender) {
    String token =
        signer.sign(
            new Principal(
                ParticipantId.random(random),
                DeviceId.random(random),
                FamilyId.random(random),
                Cohort.ADULT,
                gender,
                MemberKind.PERSON),
            LIFE);
    return new Headers("Bearer " + token, "");
  }

  private static GrantMember member(ParticipantId participant, SessionId session) {
    return GrantMember.newBuilder()
        .setParticipantHash(ByteString.copyFrom(MemberHash.of(participant, session)))
        .setKind(parley.proto.domain.v1.MemberKind.MEMBER_KIND_PERSON)
        .build();
  }

  private static final class Headers extends CallCredentials {
    private final String authorization;
    private final String session;

    Headers(String authorization, String session) {
      this.authorization = authorization;
      this.session = session;
    }

    @Override
    public void applyRequestMetadata(RequestInfo call, Executor executor, MetadataApplier applier) {
      Metadata headers = new Metadata();
      headers.put(ascii("authorization"), authorization);
      if (!session.isEmpty()) {
        headers.put(ascii("x-parley-session"), session);
      }
      applier.apply(headers);
    }

    private static Metadata.Key<String> ascii(String name) {
      return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }
  }
}
