package parley.client.identity;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import parley.client.call.Advice;
import parley.client.call.CallRefused;
import parley.client.call.Door;
import parley.client.call.UnaryCalls;

/// Somebody whose access tokens are issued by others, who is never another: an AI peer.
///
/// A token is asked for at the first call and whenever one was refused; however many are refused at
/// once, one is asked for.
public final class IssuedCaller implements Caller {
  private final UnaryCalls calls;
  private final Supplier<String> issuer;
  private final InboxPlace inbox = new InboxPlace();
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private @Nullable AccessToken held;

  /// @param issuer gives a fresh token; may block, and may end with a `StatusRuntimeException`,
  ///   which is acted on as the error table says
  public IssuedCaller(Door door, Supplier<String> issuer) {
    this.calls = new UnaryCalls(door);
    this.issuer = issuer;
  }

  @Override
  public InboxPlace inbox() {
    return inbox;
  }

  @Override
  public AccessToken accessToken() {
    lock.lock();
    try {
      AccessToken now = held;
      return now == null ? issued(1) : now;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public AccessToken renewed(AccessToken refused) {
    lock.lock();
    try {
      AccessToken now = held;
      return now == null || now.number() == refused.number() ? issued(refused.number() + 1) : now;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public <R> R call(Function<AccessToken, R> call) {
    AccessToken token = accessToken();
    try {
      return calls.run(() -> call.apply(token));
    } catch (CallRefused refused) {
      if (!(refused.advice() instanceof Advice.Refresh)) {
        throw refused;
      }
      AccessToken next = renewed(token);
      return calls.run(() -> call.apply(next));
    }
  }

  /// Whoever asks meanwhile waits for it: there is nothing they could do without.
  @GuardedBy("lock")
  private AccessToken issued(int number) {
    AccessToken fresh = new AccessToken(calls.run(issuer), number, 1);
    held = fresh;
    return fresh;
  }
}
