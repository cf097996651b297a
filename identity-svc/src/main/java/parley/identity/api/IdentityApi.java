package parley.identity.api;

import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.domain.Principal;
import parley.identity.core.Families;
import parley.identity.core.GuestOutcome;
import parley.identity.core.Guests;
import parley.identity.core.RenewOutcome;
import parley.identity.core.TokenRules;
import parley.platform.auth.CallerInterceptor;
import parley.platform.grpc.Correlation;
import parley.platform.grpc.DomainWords;
import parley.platform.grpc.UnaryCalls;
import parley.platform.lifecycle.NodeContext;
import parley.proto.identity.v1.CreateGuestRequest;
import parley.proto.identity.v1.CreateGuestResponse;
import parley.proto.identity.v1.IdentityServiceGrpc;
import parley.proto.identity.v1.RefreshTokenRequest;
import parley.proto.identity.v1.RefreshTokenResponse;
import parley.proto.identity.v1.RevokeTokenRequest;
import parley.proto.identity.v1.RevokeTokenResponse;
import parley.proto.identity.v1.Revoked;

/// Answers `IdentityService`. Says who was made and why somebody was refused, to the log and the
/// metrics; never a token.
public final class IdentityApi extends IdentityServiceGrpc.IdentityServiceImplBase {
  /// The calls that need no access token.
  public static final Set<String> OPEN =
      Set.of(
          IdentityServiceGrpc.getCreateGuestMethod().getFullMethodName(),
          IdentityServiceGrpc.getRefreshTokenMethod().getFullMethodName());

  private static final Logger LOG = LoggerFactory.getLogger(IdentityApi.class);

  private final Guests guests;
  private final Families families;
  private final GuestMessages messages;
  private final UnaryCalls calls;
  private final IdentityMeters meters;

  public IdentityApi(
      Guests guests, Families families, TokenRules rules, UnaryCalls calls, NodeContext context) {
    this.guests = guests;
    this.families = families;
    this.messages = new GuestMessages(rules);
    this.calls = calls;
    this.meters = new IdentityMeters(context.meters());
  }

  @Override
  public void createGuest(CreateGuestRequest request, StreamObserver<CreateGuestResponse> caller) {
    calls.answer(caller, () -> createGuest(request));
  }

  @Override
  public void refreshToken(
      RefreshTokenRequest request, StreamObserver<RefreshTokenResponse> caller) {
    calls.answer(caller, () -> refreshToken(request));
  }

  @Override
  public void revokeToken(RevokeTokenRequest request, StreamObserver<RevokeTokenResponse> caller) {
    calls.answer(caller, () -> revokeToken(CallerInterceptor.caller()));
  }

  private CreateGuestResponse createGuest(CreateGuestRequest request) {
    GuestOutcome outcome = guests.create(messages.wish(request));
    note(outcome);
    return messages.response(outcome);
  }

  private RefreshTokenResponse refreshToken(RefreshTokenRequest request) {
    Optional<parley.domain.Gender> asked =
        request.hasGender() ? Optional.of(DomainWords.read(request.getGender())) : Optional.empty();
    RenewOutcome outcome = families.renew(request.getRefreshToken(), asked);
    note(outcome);
    return messages.response(outcome);
  }

  private RevokeTokenResponse revokeToken(Principal who) {
    families.revoke(who);
    meters.tokenRevoked();
    LOG.atInfo()
        .addKeyValue("participant", who.participant())
        .addKeyValue("correlation", Correlation.current())
        .log("family revoked by its holder");
    return RevokeTokenResponse.newBuilder().setRevoked(Revoked.getDefaultInstance()).build();
  }

  private void note(GuestOutcome outcome) {
    if (outcome instanceof GuestOutcome.Made made) {
      meters.guestMade();
      LOG.atInfo()
          .addKeyValue("participant", made.who().participant())
          .addKeyValue("device", made.who().device())
          .addKeyValue("correlation", Correlation.current())
          .log("guest made");
    } else {
      meters.guestRefused(reason(outcome));
    }
  }

  private void note(RenewOutcome outcome) {
    switch (outcome) {
      case RenewOutcome.Renewed _ -> meters.tokenRenewed();
      case RenewOutcome.FamilyRevoked(RenewOutcome.Why why) -> {
        meters.tokenRefused(why);
        LOG.atInfo()
            .addKeyValue("why", why)
            .addKeyValue("correlation", Correlation.current())
            .log("refresh refused");
      }
    }
  }

  private static String reason(GuestOutcome outcome) {
    return switch (outcome) {
      case GuestOutcome.Made _ -> "none";
      case GuestOutcome.UnderAge _ -> "under_age";
      case GuestOutcome.TermsOutdated _ -> "terms_outdated";
      case GuestOutcome.Challenged _ -> "challenge";
      case GuestOutcome.Banned _ -> "banned";
      case GuestOutcome.SignatureWrong _ -> "signature_wrong";
    };
  }
}
