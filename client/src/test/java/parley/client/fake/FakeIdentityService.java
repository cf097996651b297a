package parley.client.fake;

import com.google.protobuf.Duration;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import parley.proto.identity.v1.CreateGuestRequest;
import parley.proto.identity.v1.CreateGuestResponse;
import parley.proto.identity.v1.FamilyRevoked;
import parley.proto.identity.v1.Guest;
import parley.proto.identity.v1.IdentityServiceGrpc;
import parley.proto.identity.v1.RefreshTokenRequest;
import parley.proto.identity.v1.RefreshTokenResponse;
import parley.proto.identity.v1.Renewed;
import parley.proto.identity.v1.Tokens;

/// Makes guests g1, g2, … with tokens that name guest and number: `g1-1`, `g1-2`.
public final class FakeIdentityService extends IdentityServiceGrpc.IdentityServiceImplBase {
  public final List<CreateGuestRequest> creations = new CopyOnWriteArrayList<>();
  public final List<RefreshTokenRequest> refreshes = new CopyOnWriteArrayList<>();

  /// Of every call, in order.
  public final List<String> correlations = new CopyOnWriteArrayList<>();

  /// Asked before a guest is made; null makes one.
  public volatile Function<CreateGuestRequest, CreateGuestResponse> refuse = request -> null;

  /// What runs while a refresh is under way.
  public volatile Runnable duringRefresh = () -> {};

  public volatile boolean familiesOver;
  public volatile Duration life = Duration.newBuilder().setSeconds(600).build();
  private final AtomicInteger guests = new AtomicInteger();
  private final AtomicInteger tokens = new AtomicInteger();

  @Override
  public void createGuest(CreateGuestRequest request, StreamObserver<CreateGuestResponse> caller) {
    creations.add(request);
    correlations.add(HeadersSeen.header("x-correlation-id"));
    CreateGuestResponse refusal = refuse.apply(request);
    caller.onNext(refusal != null ? refusal : made());
    caller.onCompleted();
  }

  @Override
  public void refreshToken(
      RefreshTokenRequest request, StreamObserver<RefreshTokenResponse> caller) {
    refreshes.add(request);
    correlations.add(HeadersSeen.header("x-correlation-id"));
    duringRefresh.run();
    RefreshTokenResponse.Builder answer = RefreshTokenResponse.newBuilder();
    if (familiesOver) {
      answer.setFamilyRevoked(FamilyRevoked.getDefaultInstance());
    } else {
      answer.setRenewed(Renewed.newBuilder().setTokens(next()));
    }
    caller.onNext(answer.build());
    caller.onCompleted();
  }

  private CreateGuestResponse made() {
    Guest.Builder guest = Guest.newBuilder().setParticipantId("g" + guests.incrementAndGet());
    return CreateGuestResponse.newBuilder().setGuest(guest.setTokens(next())).build();
  }

  private Tokens next() {
    int number = tokens.incrementAndGet();
    return Tokens.newBuilder()
        .setAccessToken("g" + guests.get() + "-" + number)
        .setRefreshToken("r" + number)
        .setAccessExpiresIn(life)
        .build();
  }
}
