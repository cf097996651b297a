package parley.identity.api;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import parley.identity.core.DeviceKey;
import parley.identity.core.GenderInForce;
import parley.identity.core.GuestOutcome;
import parley.identity.core.GuestWish;
import parley.identity.core.RenewOutcome;
import parley.identity.core.TokenRules;
import parley.platform.grpc.DomainWords;
import parley.platform.grpc.Failures;
import parley.platform.grpc.ProtoTimes;
import parley.proto.identity.v1.Banned;
import parley.proto.identity.v1.Challenge;
import parley.proto.identity.v1.CreateGuestRequest;
import parley.proto.identity.v1.CreateGuestResponse;
import parley.proto.identity.v1.FamilyRevoked;
import parley.proto.identity.v1.Guest;
import parley.proto.identity.v1.GuestRefused;
import parley.proto.identity.v1.RefreshTokenResponse;
import parley.proto.identity.v1.Renewed;
import parley.proto.identity.v1.TermsOutdated;
import parley.proto.identity.v1.Tokens;
import parley.proto.identity.v1.UnderAge;

/// Guests and tokens, from the wire and back to it.
final class GuestMessages {
  private final TokenRules rules;

  GuestMessages(TokenRules rules) {
    this.rules = rules;
  }

  GuestWish wish(CreateGuestRequest request) {
    return new GuestWish(
        request.getBirthYear(),
        request.getAcceptedTerms(),
        DomainWords.read(request.getGender()),
        device(request),
        answer(request));
  }

  CreateGuestResponse response(GuestOutcome outcome) {
    return switch (outcome) {
      case GuestOutcome.Made made -> CreateGuestResponse.newBuilder().setGuest(guest(made)).build();
      case GuestOutcome.UnderAge(int minimumAge) ->
          refused(
              GuestRefused.newBuilder()
                  .setUnderAge(UnderAge.newBuilder().setMinimumAge(minimumAge)));
      case GuestOutcome.TermsOutdated(String current, String readAt) ->
          refused(
              GuestRefused.newBuilder()
                  .setTermsOutdated(
                      TermsOutdated.newBuilder().setCurrentTerms(current).setTermsAt(readAt)));
      case GuestOutcome.Challenged(byte[] nonce, int workBits, boolean deviceRequired) ->
          refused(
              GuestRefused.newBuilder()
                  .setChallenge(
                      Challenge.newBuilder()
                          .setNonce(ByteString.copyFrom(nonce))
                          .setWorkBits(workBits)
                          .setDeviceRequired(deviceRequired)));
      case GuestOutcome.Banned(Duration endsIn) ->
          refused(
              GuestRefused.newBuilder()
                  .setBanned(Banned.newBuilder().setEndsIn(ProtoTimes.write(endsIn))));
      case GuestOutcome.SignatureWrong() ->
          throw Failures.invalid(
              "device.signature",
              "is not one of this key over this nonce",
              "ECDSA with SHA-256 in DER over 'parley-device-v1:' and the challenge's nonce");
    };
  }

  RefreshTokenResponse response(RenewOutcome outcome) {
    return switch (outcome) {
      case RenewOutcome.Renewed renewed ->
          RefreshTokenResponse.newBuilder().setRenewed(renewed(renewed)).build();
      case RenewOutcome.FamilyRevoked _ ->
          RefreshTokenResponse.newBuilder()
              .setFamilyRevoked(FamilyRevoked.getDefaultInstance())
              .build();
    };
  }

  /// For metrics and logs: `under_age`, `challenge`, …
  static String reason(CreateGuestResponse refused) {
    return refused.getRefused().getReasonCase().name().toLowerCase(Locale.ROOT);
  }

  private static GuestWish.@Nullable ClaimedDevice device(CreateGuestRequest request) {
    if (!request.hasDevice()) {
      return null;
    }
    try {
      return new GuestWish.ClaimedDevice(
          DeviceKey.parse(request.getDevice().getPublicKey().toByteArray()),
          request.getDevice().getSignature().toByteArray());
    } catch (IllegalArgumentException wrong) {
      throw Failures.invalid(
          "device.public_key", "is not a key we take", "P-256 as SubjectPublicKeyInfo in DER");
    }
  }

  private static GuestWish.@Nullable ChallengeAnswer answer(CreateGuestRequest request) {
    return request.hasChallengeAnswer()
        ? new GuestWish.ChallengeAnswer(
            request.getChallengeAnswer().getNonce().toByteArray(),
            request.getChallengeAnswer().getCounter())
        : null;
  }

  private Guest guest(GuestOutcome.Made made) {
    Guest.Builder guest =
        Guest.newBuilder()
            .setParticipantId(made.who().participant().text())
            .setDeviceId(made.who().device().text())
            .setCohort(DomainWords.write(made.who().cohort()))
            .setGender(DomainWords.write(made.gender().gender()))
            .setTokens(tokens(made.tokens()));
    if (isHeld(made.gender())) {
      guest.setGenderChangesIn(ProtoTimes.write(made.gender().changesIn()));
    }
    return guest.build();
  }

  private Renewed renewed(RenewOutcome.Renewed outcome) {
    Renewed.Builder renewed =
        Renewed.newBuilder()
            .setTokens(tokens(outcome.tokens()))
            .setCohort(DomainWords.write(outcome.who().cohort()))
            .setGender(DomainWords.write(outcome.gender().gender()));
    if (isHeld(outcome.gender())) {
      renewed.setGenderChangesIn(ProtoTimes.write(outcome.gender().changesIn()));
    }
    return renewed.build();
  }

  private static boolean isHeld(GenderInForce gender) {
    return gender.changesIn().isPositive();
  }

  private Tokens tokens(parley.identity.core.Tokens tokens) {
    return Tokens.newBuilder()
        .setAccessToken(tokens.access())
        .setAccessExpiresIn(ProtoTimes.write(rules.accessLife()))
        .setRefreshToken(tokens.refresh())
        .setRefreshExpiresIn(ProtoTimes.write(rules.refreshIdle()))
        .build();
  }

  private static CreateGuestResponse refused(GuestRefused.Builder refused) {
    return CreateGuestResponse.newBuilder().setRefused(refused).build();
  }
}
