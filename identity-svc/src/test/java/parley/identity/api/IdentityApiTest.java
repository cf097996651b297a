package parley.identity.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import parley.domain.Cohort;
import parley.domain.NodeId;
import parley.identity.core.AgeRule;
import parley.identity.core.Banning;
import parley.identity.core.Families;
import parley.identity.core.Guests;
import parley.identity.core.MemoryHere;
import parley.identity.core.Rules;
import parley.identity.core.TestDevice;
import parley.platform.auth.AccessKeyFiles;
import parley.platform.auth.AccessTokens;
import parley.platform.auth.AuthConfig;
import parley.platform.auth.CallerInterceptor;
import parley.platform.auth.SealFiles;
import parley.platform.grpc.Correlation;
import parley.platform.grpc.ServingPort;
import parley.platform.grpc.UnaryCalls;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.NodeContext;
import parley.proto.domain.v1.Gender;
import parley.proto.identity.v1.BanRequest;
import parley.proto.identity.v1.Challenge;
import parley.proto.identity.v1.ChallengeAnswer;
import parley.proto.identity.v1.CreateGuestRequest;
import parley.proto.identity.v1.CreateGuestResponse;
import parley.proto.identity.v1.DeviceProof;
import parley.proto.identity.v1.Guest;
import parley.proto.identity.v1.IdentityOpsServiceGrpc;
import parley.proto.identity.v1.IdentityServiceGrpc;
import parley.proto.identity.v1.RefreshTokenRequest;
import parley.proto.identity.v1.RefreshTokenResponse;
import parley.proto.identity.v1.RevokeTokenRequest;
import parley.testing.HeldClock;

class IdentityApiTest {
  private static final CreateGuestRequest ADULT =
      CreateGuestRequest.newBuilder()
          .setBirthYear(1990)
          .setAcceptedTerms(Rules.TERMS)
          .setGender(Gender.GENDER_NONBINARY)
          .build();

  /// For all calls of one test together.
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;

  private final HeldClock clock = HeldClock.atNow();
  private final MemoryHere memory = MemoryHere.by(clock);
  private final Lifecycle lifecycle = new Lifecycle();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private ManagedChannel channel;
  private IdentityServiceGrpc.IdentityServiceBlockingStub identity;
  private AccessTokens tokens;
  private NodeContext context;

  @BeforeEach
  void start() throws IOException {
    context = NodeContext.of(new NodeId("identity-test")).by(clock);
    Path keys = folder.resolve("keys");
    AccessKeyFiles.create(keys);
    SealFiles.create(folder.resolve("seals.yaml"));
    AuthConfig auth = new AuthConfig(AccessKeyFiles.jwks(keys), "parley", "parley");
    tokens = AccessTokens.open(auth, context);
    SealedTokenForms forms = SealedTokenForms.open(keys, folder.resolve("seals.yaml"), auth, clock);
    String name = serve(forms);
    channel = InProcessChannelBuilder.forName(name).directExecutor().build();
    lifecycle.own(() -> channel.shutdownNow());
    identity = IdentityServiceGrpc.newBlockingStub(channel).withDeadlineAfter(PATIENCE);
    log.start();
    ((Logger) LoggerFactory.getLogger("parley.identity")).addAppender(log);
  }

  @AfterEach
  void stop() {
    ((Logger) LoggerFactory.getLogger("parley.identity")).detachAppender(log);
    lifecycle.close();
  }

  @Test
  void aGuestGetsIdsACohortAndTokensWithTheirTimes() {
    Guest guest = identity.createGuest(ADULT).getGuest();

    assertThat(guest.getCohort()).isEqualTo(parley.proto.domain.v1.Cohort.COHORT_ADULT);
    assertThat(guest.getGender()).isEqualTo(Gender.GENDER_NONBINARY);
    assertThat(guest.hasGenderChangesIn()).isFalse();
    assertThat(guest.getTokens().getAccessExpiresIn().getSeconds()).isEqualTo(600);
    assertThat(guest.getTokens().getRefreshExpiresIn().getSeconds()).isEqualTo(86_400);
    assertThat(tokens.verify(guest.getTokens().getAccessToken()))
        .satisfies(
            who -> assertThat(who.participant().text()).isEqualTo(guest.getParticipantId()),
            who -> assertThat(who.device().text()).isEqualTo(guest.getDeviceId()),
            who -> assertThat(who.gender()).isEqualTo(parley.domain.Gender.NONBINARY));
  }

  @Test
  void theLogSaysWhoWasMadeUnderWhichCorrelationAndNoToken() {
    Guest guest = as("correlation-1").createGuest(ADULT).getGuest();

    ILoggingEvent line = log.list.getFirst();
    assertThat(line.getMessage()).isEqualTo("guest made");
    assertThat(line.getKeyValuePairs().toString())
        .contains(guest.getParticipantId(), guest.getDeviceId(), "correlation-1");
    assertThat(log.list)
        .allSatisfy(
            said ->
                assertThat(said.getFormattedMessage() + said.getKeyValuePairs())
                    .doesNotContain(guest.getTokens().getAccessToken())
                    .doesNotContain(guest.getTokens().getRefreshToken()));
  }

  @Test
  void aDeviceProvesItselfOverTheChallengeAsTheProtoSays() {
    TestDevice device = TestDevice.make();
    CreateGuestRequest claim =
        ADULT.toBuilder()
            .setDevice(DeviceProof.newBuilder().setPublicKey(bytes(device.publicKey())))
            .build();
    Challenge challenge = identity.createGuest(claim).getRefused().getChallenge();

    Guest guest = identity.createGuest(proof(device, challenge)).getGuest();

    assertThat(guest.getDeviceId()).isEqualTo(device.key().deviceId().text());
  }

  @Test
  void refusalsAreOutcomesAndSayWhatWouldDo() {
    CreateGuestResponse young =
        identity.createGuest(
            ADULT.toBuilder()
                .setBirthYear(clock.instant().atOffset(java.time.ZoneOffset.UTC).getYear() - 18)
                .build());
    CreateGuestResponse outdated =
        identity.createGuest(ADULT.toBuilder().clearAcceptedTerms().build());

    assertThat(young.getRefused().getUnderAge().getMinimumAge()).isEqualTo(18);
    assertThat(outdated.getRefused().getTermsOutdated().getCurrentTerms()).isEqualTo(Rules.TERMS);
    assertThat(outdated.getRefused().getTermsOutdated().getTermsAt()).isEqualTo("/terms");
  }

  @Test
  void badInputNamesTheField() {
    TestDevice device = TestDevice.make();
    Challenge challenge =
        identity
            .createGuest(proof(device, Challenge.getDefaultInstance()))
            .getRefused()
            .getChallenge();
    CreateGuestRequest foreign =
        proof(device, challenge).toBuilder()
            .setDevice(
                DeviceProof.newBuilder()
                    .setPublicKey(bytes(device.publicKey()))
                    .setSignature(
                        bytes(TestDevice.make().sign(challenge.getNonce().toByteArray()))))
            .build();
    CreateGuestRequest noKey =
        ADULT.toBuilder()
            .setDevice(DeviceProof.newBuilder().setPublicKey(ByteString.copyFromUtf8("key")))
            .build();

    assertThat(field(() -> identity.createGuest(foreign))).isEqualTo("device.signature");
    assertThat(field(() -> identity.createGuest(noKey))).isEqualTo("device.public_key");
    assertThat(field(() -> identity.createGuest(ADULT.toBuilder().setBirthYear(18).build())))
        .isEqualTo("birth_year");
    assertThat(field(() -> identity.createGuest(ADULT.toBuilder().setGenderValue(9).build())))
        .isEqualTo("gender");
    assertThat(field(() -> refresh("", Optional.empty()))).isEqualTo("refresh_token");
  }

  @Test
  void aRefreshGivesASuccessorAndTheGenderInForce() {
    Guest guest = identity.createGuest(ADULT).getGuest();

    RefreshTokenResponse changed =
        refresh(guest.getTokens().getRefreshToken(), Optional.of(Gender.GENDER_MAN));

    assertThat(changed.getRenewed().getGender()).isEqualTo(Gender.GENDER_MAN);
    assertThat(changed.getRenewed().getGenderChangesIn().getSeconds()).isEqualTo(86_400);
    assertThat(tokens.verify(changed.getRenewed().getTokens().getAccessToken()).gender())
        .isEqualTo(parley.domain.Gender.MAN);
    assertThat(refresh(guest.getTokens().getRefreshToken(), Optional.of(Gender.GENDER_MAN)))
        .extracting(again -> again.getRenewed().getTokens().getRefreshToken())
        .isEqualTo(changed.getRenewed().getTokens().getRefreshToken());
  }

  @Test
  void aChangedRefreshTokenIsNoTokenAndEndsNothing() {
    String token = identity.createGuest(ADULT).getGuest().getTokens().getRefreshToken();
    char[] changed = token.toCharArray();
    changed[20] = changed[20] == 'A' ? 'B' : 'A';

    assertThat(refresh(new String(changed), Optional.empty()).hasFamilyRevoked()).isTrue();
    assertThat(refresh("no base64 !", Optional.empty()).hasFamilyRevoked()).isTrue();
    assertThat(refresh(token, Optional.empty()).hasRenewed()).isTrue();
  }

  @Test
  void aNonceIsNoRefreshTokenAndARefreshTokenNoNonce() {
    String token = identity.createGuest(ADULT).getGuest().getTokens().getRefreshToken();
    TestDevice device = TestDevice.make();
    byte[] refreshBytes = java.util.Base64.getUrlDecoder().decode(token);
    Challenge asNonce = Challenge.newBuilder().setNonce(bytes(refreshBytes)).build();

    Challenge real = identity.createGuest(proof(device, asNonce)).getRefused().getChallenge();
    String nonceAsToken =
        java.util.Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(real.getNonce().toByteArray());

    assertThat(refresh(nonceAsToken, Optional.empty()).hasFamilyRevoked()).isTrue();
  }

  @Test
  void theHolderRevokesTheFamilyAsOftenAsWished() {
    Guest guest = identity.createGuest(ADULT).getGuest();
    var holder = bearing(guest.getTokens().getAccessToken());

    for (int i = 0; i < 2; i++) {
      assertThat(holder.revokeToken(RevokeTokenRequest.getDefaultInstance()).hasRevoked()).isTrue();
    }

    assertThat(refresh(guest.getTokens().getRefreshToken(), Optional.empty()).hasFamilyRevoked())
        .isTrue();
  }

  @Test
  void revokingNeedsAnAccessTokenThatCounts() {
    Guest guest = identity.createGuest(ADULT).getGuest();
    RevokeTokenRequest request = RevokeTokenRequest.getDefaultInstance();

    assertThat(reason(() -> identity.revokeToken(request))).isEqualTo("TOKEN_MALFORMED");
    assertThat(reason(() -> bearing(guest.getTokens().getRefreshToken()).revokeToken(request)))
        .isEqualTo("TOKEN_MALFORMED");
    clock.pass(Rules.TOKENS.accessLife().plus(AccessTokens.LEEWAY));
    assertThat(reason(() -> bearing(guest.getTokens().getAccessToken()).revokeToken(request)))
        .isEqualTo("TOKEN_EXPIRED");
  }

  @Test
  void anOperatorBansAGuestOrADeviceAndNothingElse() {
    Guest guest = identity.createGuest(ADULT).getGuest();
    var ops = IdentityOpsServiceGrpc.newBlockingStub(channel).withDeadlineAfter(PATIENCE);
    BanRequest.Builder ban = BanRequest.newBuilder().setReason("spam");

    var _ = ops.ban(ban.setDeviceId(guest.getDeviceId()).build());

    assertThat(memory.revocations().subjects())
        .containsExactly(new parley.domain.DeviceId(guest.getDeviceId()));
    assertThat(memory.remembered().bans().left(new parley.domain.DeviceId(guest.getDeviceId())))
        .contains(Duration.ofDays(30));
    assertThat(field(() -> ops.ban(ban.setParticipantId("not an id!!").build())))
        .isEqualTo("participant_id");
    assertThat(field(() -> ops.ban(ban.clearSubject().build()))).isEqualTo("subject");
    assertThat(
            field(
                () ->
                    ops.ban(
                        ban.setDeviceId(guest.getDeviceId())
                            .setLasts(com.google.protobuf.Duration.newBuilder().setSeconds(60))
                            .build())))
        .isEqualTo("lasts");
  }

  @Test
  void whatHappenedIsCounted() {
    Guest guest = identity.createGuest(ADULT).getGuest();
    var _ = identity.createGuest(ADULT.toBuilder().clearAcceptedTerms().build());
    refresh(guest.getTokens().getRefreshToken(), Optional.empty());
    refresh("forged", Optional.empty());

    assertThat(context.meters().scrape())
        .contains("parley_identity_guest_made_total 1.0")
        .contains("parley_identity_guest_refused_total{reason=\"terms_outdated\"} 1.0")
        .contains("parley_identity_token_renewed_total 1.0")
        .contains("parley_identity_token_refused_total{reason=\"unreadable\"} 1.0");
  }

  private String serve(SealedTokenForms forms) throws IOException {
    AgeRule ages = new AgeRule(Cohort.ADULT, clock);
    Families families =
        new Families(Rules.TOKENS, ages, memory.remembered(), forms, context.random());
    Guests guests =
        new Guests(Rules.OPEN, ages, memory.remembered(), forms, families, context.random());
    UnaryCalls calls = lifecycle.own(new UnaryCalls(16, context));
    CallerInterceptor callers =
        lifecycle.own(CallerInterceptor.open(tokens, _ -> false, IdentityApi.OPEN, context));
    Banning banning = new Banning(memory.remembered().bans(), memory.revocations());
    String name = InProcessServerBuilder.generateName();
    Server server =
        InProcessServerBuilder.forName(name)
            .directExecutor()
            .addService(
                ServerInterceptors.interceptForward(
                    new IdentityApi(guests, families, Rules.TOKENS, calls, context),
                    ServingPort.chain(List.of(callers), context)))
            .addService(
                ServerInterceptors.interceptForward(
                    new IdentityOpsApi(banning, Duration.ofDays(30), calls, context),
                    ServingPort.chain(List.of(), context)))
            .build()
            .start();
    lifecycle.own(() -> server.shutdownNow());
    return name;
  }

  private CreateGuestRequest proof(TestDevice device, Challenge challenge) {
    return ADULT.toBuilder()
        .setDevice(
            DeviceProof.newBuilder()
                .setPublicKey(bytes(device.publicKey()))
                .setSignature(bytes(device.sign(challenge.getNonce().toByteArray()))))
        .setChallengeAnswer(ChallengeAnswer.newBuilder().setNonce(challenge.getNonce()))
        .build();
  }

  private RefreshTokenResponse refresh(String token, Optional<Gender> gender) {
    RefreshTokenRequest.Builder request = RefreshTokenRequest.newBuilder().setRefreshToken(token);
    gender.ifPresent(request::setGender);
    return identity.refreshToken(request.build());
  }

  private IdentityServiceGrpc.IdentityServiceBlockingStub bearing(String token) {
    return with(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
  }

  private IdentityServiceGrpc.IdentityServiceBlockingStub as(String correlation) {
    return with(Correlation.HEADER, correlation);
  }

  private IdentityServiceGrpc.IdentityServiceBlockingStub with(
      Metadata.Key<String> key, String value) {
    Metadata headers = new Metadata();
    headers.put(key, value);
    return identity.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private static ByteString bytes(byte[] bytes) {
    return ByteString.copyFrom(bytes);
  }

  private static String reason(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return detail(call, 0, ErrorInfo.class).getReason();
  }

  private static String field(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return detail(call, 1, BadRequest.class).getFieldViolations(0).getField();
  }

  private static <T extends com.google.protobuf.Message> T detail(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, int place, Class<T> type) {
    StatusRuntimeException failure =
        Optional.ofNullable(catchThrowableOfType(StatusRuntimeException.class, call))
            .orElseThrow(() -> new AssertionError("the call did not fail"));
    try {
      return StatusProto.fromThrowable(failure).getDetails(place).unpack(type);
    } catch (InvalidProtocolBufferException otherType) {
      throw new AssertionError("detail " + place + " is no " + type.getSimpleName(), otherType);
    }
  }
}
