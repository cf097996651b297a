package parley.client.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.client.call.CallRefused;
import parley.client.call.Face;
import parley.client.fake.FakeDoor;
import parley.proto.domain.v1.Gender;
import parley.proto.identity.v1.Challenge;
import parley.proto.identity.v1.CreateGuestRequest;
import parley.proto.identity.v1.CreateGuestResponse;
import parley.proto.identity.v1.GuestRefused;
import parley.proto.identity.v1.TermsOutdated;
import parley.proto.identity.v1.UnderAge;

class IdentityTest {
  private static final ByteString NONCE = ByteString.copyFromUtf8("a nonce");
  private final FakeDoor fake = new FakeDoor(Face.NATIVE);

  @AfterEach
  void close() {
    fake.close();
  }

  @Test
  void theTermsInForceAreAskedForAndAccepted() {
    List<GuestWish.Terms> asked = new ArrayList<>();
    TermsOutdated outdated =
        TermsOutdated.newBuilder().setCurrentTerms("v3").setTermsAt("/terms").build();
    fake.identities.refuse =
        request ->
            request.getAcceptedTerms().equals("v3")
                ? null
                : refused(GuestRefused.newBuilder().setTermsOutdated(outdated));
    try (Identity me = Identity.create(fake.door, wish(asked::add))) {
      assertThat(me.accessToken().text()).isEqualTo("g1-1");
      assertThat(me.participantId()).contains("g1");
    }
    assertThat(asked).containsExactly(new GuestWish.Terms("v3", "/terms"));
  }

  @Test
  void declinedTermsMakeNoGuest() {
    fake.identities.refuse =
        request ->
            refused(
                GuestRefused.newBuilder()
                    .setTermsOutdated(TermsOutdated.newBuilder().setCurrentTerms("v3")));
    assertThatThrownBy(() -> Identity.create(fake.door, wish(terms -> false)))
        .isInstanceOfSatisfying(
            GuestDenied.class,
            denied -> assertThat(denied.why()).isEqualTo(GuestDenied.Why.TERMS_DECLINED));
    assertThat(fake.identities.creations).hasSize(1);
  }

  @Test
  void whoIsTooYoungIsToldSo() {
    fake.identities.refuse =
        request ->
            refused(GuestRefused.newBuilder().setUnderAge(UnderAge.newBuilder().setMinimumAge(18)));
    assertThatThrownBy(() -> Identity.create(fake.door, FakeDoor.WISH))
        .isInstanceOf(GuestDenied.class)
        .hasMessageContaining("18");
  }

  @Test
  void aChallengeIsMetByWorkAndByASignatureOfTheDevice() throws Exception {
    fake.identities.refuse =
        request ->
            request.hasChallengeAnswer()
                ? null
                : refused(
                    GuestRefused.newBuilder()
                        .setChallenge(Challenge.newBuilder().setNonce(NONCE).setWorkBits(10)));
    DeviceKey made = DeviceKey.generate();
    DeviceKey stored = DeviceKey.of(made.privateKey(), made.publicKey());
    try (Identity me =
        Identity.create(fake.door, new GuestWish(1990, Gender.GENDER_MAN, terms -> true, stored))) {
      assertThat(me.participantId()).isPresent();
    }
    CreateGuestRequest first = fake.identities.creations.getFirst();
    assertThat(first.getDevice().getSignature().isEmpty()).isTrue();

    CreateGuestRequest second = fake.identities.creations.get(1);
    assertThat(second.getChallengeAnswer().getNonce()).isEqualTo(NONCE);
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(NONCE.toByteArray());
    digest.update(
        java.nio.ByteBuffer.allocate(8).putLong(second.getChallengeAnswer().getCounter()).array());
    assertThat(ProofOfWork.leadingZeroBits(digest.digest())).isGreaterThanOrEqualTo(10);

    PublicKey key =
        KeyFactory.getInstance("EC")
            .generatePublic(
                new X509EncodedKeySpec(second.getDevice().getPublicKey().toByteArray()));
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initVerify(key);
    signature.update("parley-device-v1:".getBytes(StandardCharsets.US_ASCII));
    signature.update(NONCE.toByteArray());
    assertThat(signature.verify(second.getDevice().getSignature().toByteArray())).isTrue();
  }

  @Test
  void aServerThatChallengesWithoutEndIsNotAnsweredWithoutEnd() {
    fake.identities.refuse =
        request ->
            refused(GuestRefused.newBuilder().setChallenge(Challenge.newBuilder().setNonce(NONCE)));
    assertThatThrownBy(() -> Identity.create(fake.door, FakeDoor.WISH))
        .isInstanceOf(GuestDenied.class);
    assertThat(fake.identities.creations).hasSizeLessThan(10);
  }

  @Test
  void manyWhoAreRefusedAtOnceCauseOneRefresh() throws Exception {
    int callers = 50;
    CountDownLatch asking = new CountDownLatch(callers);
    fake.identities.duringRefresh =
        () -> {
          try {
            assertThat(asking.await(30, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException hurried) {
            throw new AssertionError(hurried);
          }
        };
    try (Identity me = fake.guest();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      AccessToken refused = me.accessToken();
      List<Future<AccessToken>> renewed = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        renewed.add(
            threads.submit(
                () -> {
                  asking.countDown();
                  return me.renewed(refused);
                }));
      }
      for (Future<AccessToken> one : renewed) {
        assertThat(one.get(30, TimeUnit.SECONDS).text()).isEqualTo("g1-2");
      }
      assertThat(me.refreshToken()).isEqualTo("r2");
    }
    assertThat(fake.identities.refreshes).hasSize(1);
  }

  @Test
  void aTokenIsRefreshedAtHalfItsLife() {
    fake.identities.life = Duration.newBuilder().setNanos(200_000_000).build();
    long begin = System.nanoTime();
    try (Identity me = fake.guest()) {
      fake.identities.life = Duration.newBuilder().setSeconds(600).build();
      Awaitility.await("the token is refreshed by itself")
          .until(() -> !fake.identities.refreshes.isEmpty());
      assertThat(java.time.Duration.ofNanos(System.nanoTime() - begin))
          .isGreaterThanOrEqualTo(java.time.Duration.ofMillis(100));
      Awaitility.await("the new one is used").until(() -> me.accessToken().number() == 2);
    }
  }

  @Test
  void aFamilyThatIsOverIsFollowedByANewGuest() {
    try (Identity me = fake.guest()) {
      fake.identities.familiesOver = true;
      AccessToken next = me.renewed(me.accessToken());
      assertThat(next.text()).isEqualTo("g2-2");
      assertThat(next.guest()).isEqualTo(2);
      assertThat(me.participantId()).contains("g2");
    }
  }

  @Test
  void aRefusedCallIsMadeAgainWithANewTokenAndThenAsANewGuest() {
    try (Identity me = fake.guest()) {
      List<String> used = new ArrayList<>();
      String answer =
          me.call(
              token -> {
                used.add(token.text());
                if (token.guest() == 1) {
                  throw Status.UNAUTHENTICATED.asRuntimeException();
                }
                return "done";
              });
      assertThat(answer).isEqualTo("done");
      assertThat(used).containsExactly("g1-1", "g1-2", "g2-3");
    }
  }

  @Test
  void aCallThatFindsNobodyIsTriedAgainButNotForEver() {
    try (Identity me = fake.guest()) {
      int[] tries = new int[1];
      assertThat(
              me.<Integer>call(
                  token -> {
                    if (tries[0]++ < 3) {
                      throw Status.UNAVAILABLE.asRuntimeException();
                    }
                    return tries[0];
                  }))
          .isEqualTo(4);
      assertThatThrownBy(
              () ->
                  me.call(
                      token -> {
                        throw Status.UNAVAILABLE.asRuntimeException();
                      }))
          .isInstanceOf(CallRefused.class);
    }
  }

  @Test
  void aGuestThatWasKeptIsComeBackTo() {
    try (Identity me = Identity.restore(fake.door, FakeDoor.WISH, "kept")) {
      assertThat(fake.identities.refreshes.getFirst().getRefreshToken()).isEqualTo("kept");
      assertThat(fake.identities.creations).isEmpty();
      assertThat(me.refreshToken()).isEqualTo("r1");
    }
  }

  private static GuestWish wish(GuestWish.TermsQuestion terms) {
    return new GuestWish(1990, Gender.GENDER_WOMAN, terms, null);
  }

  private static CreateGuestResponse refused(GuestRefused.Builder why) {
    return CreateGuestResponse.newBuilder().setRefused(why).build();
  }
}
