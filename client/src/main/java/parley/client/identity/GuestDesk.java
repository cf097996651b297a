package parley.client.identity;

import com.google.protobuf.ByteString;
import java.util.Optional;
import parley.client.call.Door;
import parley.client.call.Headers;
import parley.client.call.ProtoTimes;
import parley.client.call.Trail;
import parley.client.call.UnaryCalls;
import parley.proto.identity.v1.Challenge;
import parley.proto.identity.v1.ChallengeAnswer;
import parley.proto.identity.v1.CreateGuestRequest;
import parley.proto.identity.v1.CreateGuestResponse;
import parley.proto.identity.v1.DeviceProof;
import parley.proto.identity.v1.Guest;
import parley.proto.identity.v1.GuestRefused;
import parley.proto.identity.v1.IdentityServiceGrpc;
import parley.proto.identity.v1.RefreshTokenRequest;
import parley.proto.identity.v1.RefreshTokenResponse;
import parley.proto.identity.v1.Tokens;

/// Talks with identity-svc. Blocks.
final class GuestDesk {
  /// Terms, a challenge, and both again if they changed meanwhile.
  private static final int MAX_ROUNDS = 6;

  private final Door door;
  private final Trail trail;
  private final UnaryCalls calls;

  /// @param trail names the correlation id that each call carries
  GuestDesk(Door door, Trail trail) {
    this.door = door;
    this.trail = trail;
    this.calls = new UnaryCalls(door);
  }

  /// @throws GuestDenied if the server or the person says no
  Guest newGuest(GuestWish wish) {
    CreateGuestRequest.Builder request =
        CreateGuestRequest.newBuilder().setBirthYear(wish.birthYear()).setGender(wish.gender());
    wish.deviceKey()
        .ifPresent(
            key ->
                request.setDevice(
                    DeviceProof.newBuilder().setPublicKey(ByteString.copyFrom(key.publicKey()))));
    for (int round = 0; round < MAX_ROUNDS; round++) {
      CreateGuestRequest asked = request.build();
      CreateGuestResponse answer = calls.run(() -> stub().createGuest(asked));
      switch (answer.getOutcomeCase()) {
        case GUEST -> {
          return answer.getGuest();
        }
        case REFUSED -> mend(request, wish, answer.getRefused());
        case OUTCOME_NOT_SET -> throw notUnderstood();
      }
    }
    throw notUnderstood();
  }

  /// The successor of the tokens, or nothing if their family is over.
  Optional<Tokens> refresh(String refreshToken) {
    RefreshTokenRequest request =
        RefreshTokenRequest.newBuilder().setRefreshToken(refreshToken).build();
    RefreshTokenResponse answer = calls.run(() -> stub().refreshToken(request));
    return switch (answer.getOutcomeCase()) {
      case RENEWED -> Optional.of(answer.getRenewed().getTokens());
      case FAMILY_REVOKED, OUTCOME_NOT_SET -> Optional.empty();
    };
  }

  private IdentityServiceGrpc.IdentityServiceBlockingStub stub() {
    return calls.bounded(
        IdentityServiceGrpc.newBlockingStub(door.channel())
            .withInterceptors(Headers.correlated(trail.current()).attached()));
  }

  private static void mend(
      CreateGuestRequest.Builder request, GuestWish wish, GuestRefused refused) {
    switch (refused.getReasonCase()) {
      case UNDER_AGE ->
          throw new GuestDenied(
              GuestDenied.Why.UNDER_AGE,
              "people under " + refused.getUnderAge().getMinimumAge() + " cannot take part");
      case TERMS_OUTDATED -> {
        String terms = refused.getTermsOutdated().getCurrentTerms();
        String readAt = refused.getTermsOutdated().getTermsAt();
        if (!wish.terms().accept(new GuestWish.Terms(terms, readAt))) {
          throw new GuestDenied(
              GuestDenied.Why.TERMS_DECLINED, "the terms '" + terms + "' were not accepted");
        }
        request.setAcceptedTerms(terms);
      }
      case BANNED ->
          throw new GuestDenied(
              GuestDenied.Why.BANNED,
              "this device may come back in "
                  + ProtoTimes.duration(refused.getBanned().getEndsIn()).toHours()
                  + " hours");
      case CHALLENGE -> meet(request, wish, refused.getChallenge());
      case REASON_NOT_SET -> throw notUnderstood();
    }
  }

  private static void meet(
      CreateGuestRequest.Builder request, GuestWish wish, Challenge challenge) {
    byte[] nonce = challenge.getNonce().toByteArray();
    request.setChallengeAnswer(
        ChallengeAnswer.newBuilder()
            .setNonce(challenge.getNonce())
            .setCounter(ProofOfWork.solve(nonce, challenge.getWorkBits())));
    if (wish.device() != null) {
      request.getDeviceBuilder().setSignature(ByteString.copyFrom(wish.device().sign(nonce)));
    } else if (challenge.getDeviceRequired()) {
      throw new GuestDenied(GuestDenied.Why.DEVICE_REQUIRED, "the server wants a device key");
    }
  }

  private static GuestDenied notUnderstood() {
    return new GuestDenied(
        GuestDenied.Why.NOT_UNDERSTOOD, "the server asks for more than this client knows");
  }
}
