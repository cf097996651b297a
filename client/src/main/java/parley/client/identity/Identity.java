package parley.client.identity;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.client.call.Advice;
import parley.client.call.CallRefused;
import parley.client.call.Door;
import parley.client.call.Headers;
import parley.client.call.Loop;
import parley.client.call.ProtoTimes;
import parley.client.call.Trail;
import parley.client.call.UnaryCalls;
import parley.proto.identity.v1.Guest;
import parley.proto.identity.v1.IdentityServiceGrpc;
import parley.proto.identity.v1.RevokeTokenRequest;
import parley.proto.identity.v1.Tokens;

/// A guest, and the tokens by which calls are made in its name.
///
/// Tokens are refreshed at half their life, and once when a call was refused for its token; however
/// many ask, one refresh is under way. When the family of tokens is over, a new guest is made from
/// the same wish. Thread-safe; calls block, on a virtual thread cheaply.
public final class Identity implements Caller, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Identity.class);

  private final Door door;
  private final GuestWish wish;
  private final Trail trail;
  private final GuestDesk desk;
  private final UnaryCalls calls;
  private final Loop refreshing = new Loop("parley identity");
  private final InboxPlace inbox = new InboxPlace();
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private Held held;

  @GuardedBy("lock")
  private @Nullable FutureTask<Held> change;

  private Identity(Door door, GuestWish wish, Trail trail, GuestDesk desk, Held held) {
    this.door = door;
    this.wish = wish;
    this.trail = trail;
    this.desk = desk;
    this.calls = new UnaryCalls(door);
    this.held = held;
    refreshAtHalfLife(held);
  }

  /// Becomes a guest.
  ///
  /// @throws GuestDenied if the server or the person says no
  /// @throws CallRefused if the server is not there
  public static Identity create(Door door, GuestWish wish) {
    Trail trail = new Trail(door);
    GuestDesk desk = new GuestDesk(door, trail);
    return new Identity(door, wish, trail, desk, Held.first(desk.newGuest(wish), 1, 1));
  }

  /// Becomes again the guest whose refresh token was kept, or a new one if that guest is over.
  public static Identity restore(Door door, GuestWish wish, String refreshToken) {
    Trail trail = new Trail(door);
    GuestDesk desk = new GuestDesk(door, trail);
    Held held =
        desk.refresh(refreshToken)
            .map(tokens -> new Held(tokens, "", 1, 1, System.nanoTime()))
            .orElseGet(() -> Held.first(desk.newGuest(wish), 1, 1));
    return new Identity(door, wish, trail, desk, held);
  }

  @Override
  public InboxPlace inbox() {
    return inbox;
  }

  @Override
  public AccessToken accessToken() {
    Held now = read();
    return now.isExpired() ? renewed(now.access()) : now.access();
  }

  @Override
  public AccessToken renewed(AccessToken refused) {
    return change(refused, this::refreshed).access();
  }

  /// A token of another guest than the one whose token was refused.
  public AccessToken ofNewGuest(AccessToken refused) {
    return change(refused, this::anotherGuest).access();
  }

  /// What to keep in this device's storage. Changes at every refresh.
  public String refreshToken() {
    return read().tokens().getRefreshToken();
  }

  /// Empty if this identity was restored and the server did not say it again.
  public Optional<String> participantId() {
    String id = read().participantId();
    return id.isEmpty() ? Optional.empty() : Optional.of(id);
  }

  /// The id by which an operator follows a search that begins now: the first goes on under the one
  /// that this guest was made under, each later one has its own.
  public String correlationOfNewSearch() {
    return trail.ofNewSearch();
  }

  /// Runs a unary call with a token: tries again as the error table says, refreshes once on
  /// `UNAUTHENTICATED`, then goes on as a new guest.
  ///
  /// @throws CallRefused if that did not help
  @Override
  public <R> R call(Function<AccessToken, R> call) {
    AccessToken token = accessToken();
    try {
      return calls.run(() -> call.apply(token));
    } catch (CallRefused refused) {
      AccessToken next =
          switch (refused.advice()) {
            case Advice.Refresh() -> renewed(token);
            case Advice.NewGuest() -> ofNewGuest(token);
            case Advice.Retry(), Advice.Wait(_), Advice.Stop() -> throw refused;
          };
      return afterwards(call, next);
    }
  }

  /// Ends the tokens of this guest everywhere; its live streams end within a second.
  public void revoke() {
    AccessToken token = accessToken();
    var stub =
        IdentityServiceGrpc.newBlockingStub(door.channel())
            .withInterceptors(Headers.correlated(trail.current()).bearer(token.text()).attached());
    var _ =
        calls.run(() -> calls.bounded(stub).revokeToken(RevokeTokenRequest.getDefaultInstance()));
  }

  /// Stops refreshing. The guest lives on until its tokens are over.
  @Override
  public void close() {
    refreshing.close();
  }

  private <R> R afterwards(Function<AccessToken, R> call, AccessToken token) {
    try {
      return calls.run(() -> call.apply(token));
    } catch (CallRefused refused) {
      if (refused.advice() instanceof Advice.Refresh) {
        AccessToken last = ofNewGuest(token);
        return calls.run(() -> call.apply(last));
      }
      throw refused;
    }
  }

  private Held read() {
    lock.lock();
    try {
      return held;
    } finally {
      lock.unlock();
    }
  }

  /// Runs one change at a time; who asks meanwhile waits for it and takes its result.
  private Held change(AccessToken refused, Function<Held, Held> how) {
    FutureTask<Held> task;
    boolean mine = false;
    lock.lock();
    try {
      if (held.number() != refused.number()) {
        return held;
      }
      if (change == null) {
        Held before = held;
        change = new FutureTask<>(() -> how.apply(before));
        mine = true;
      }
      task = change;
    } finally {
      lock.unlock();
    }
    if (mine) {
      task.run();
      settle(task);
    }
    return result(task);
  }

  private void settle(FutureTask<Held> task) {
    lock.lock();
    try {
      change = null;
      if (task.state() == java.util.concurrent.Future.State.SUCCESS) {
        held = task.resultNow();
        refreshAtHalfLife(held);
      }
    } finally {
      lock.unlock();
    }
  }

  private static Held result(FutureTask<Held> task) {
    try {
      return task.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException why) {
        throw why;
      }
      throw new IllegalStateException(failed.getCause());
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      throw new CallRefused(new Advice.Stop(), io.grpc.Status.CANCELLED, closing);
    }
  }

  private Held refreshed(Held before) {
    return desk.refresh(before.tokens().getRefreshToken())
        .map(
            tokens ->
                new Held(
                    tokens,
                    before.participantId(),
                    before.number() + 1,
                    before.guest(),
                    System.nanoTime()))
        .orElseGet(() -> anotherGuest(before));
  }

  private Held anotherGuest(Held before) {
    LOG.info("the guest is over; becoming a new one");
    return Held.first(desk.newGuest(wish), before.number() + 1, before.guest() + 1);
  }

  private void refreshAtHalfLife(Held now) {
    var _ = refreshing.after(now.life().dividedBy(2), () -> refreshQuietly(now));
  }

  /// A refresh that fails here is tried again by the next caller whose token is over.
  private void refreshQuietly(Held now) {
    try {
      var _ = renewed(now.access());
    } catch (CallRefused | GuestDenied later) {
      LOG.info("tokens were not refreshed: {}", later.getMessage());
      var _ = refreshing.after(door.times().longestBackoff(), () -> refreshQuietly(now));
    }
  }

  /// @param number grows with each token
  /// @param guest grows with each guest
  /// @param since `System.nanoTime` when the tokens came
  private record Held(Tokens tokens, String participantId, int number, int guest, long since) {
    static Held first(Guest guest, int number, int guestNumber) {
      return new Held(
          guest.getTokens(), guest.getParticipantId(), number, guestNumber, System.nanoTime());
    }

    AccessToken access() {
      return new AccessToken(tokens.getAccessToken(), number, guest);
    }

    Duration life() {
      return ProtoTimes.duration(tokens.getAccessExpiresIn());
    }

    boolean isExpired() {
      return System.nanoTime() - since >= life().toNanos();
    }
  }
}
