package parley.platform.auth;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import parley.domain.Principal;
import parley.platform.grpc.DeferredStart;
import parley.platform.grpc.Failures;
import parley.platform.grpc.Unauthenticated;
import parley.platform.lifecycle.NodeContext;

/// Lets in who holds a good access token (`authorization: Bearer …`), and says who it is:
/// [#caller].
///
/// A token that was verified before passes on the event loop; any other is verified on a small pool
/// of threads while the call's events wait. When too many wait, calls are refused as exhausted.
public final class CallerInterceptor implements ServerInterceptor, AutoCloseable {
  /// Who calls; set for the whole call, also on threads that carry its context.
  public static final Context.Key<Principal> PRINCIPAL = Context.key("principal");

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final String SCHEME = "Bearer ";
  private static final int THREADS = 2;
  private static final int LONGEST_QUEUE = 2000;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final AccessTokens tokens;
  private final Predicate<Principal> revoked;
  private final Set<String> open;
  private final ThreadPoolExecutor pool;

  private CallerInterceptor(
      AccessTokens tokens, Predicate<Principal> revoked, Set<String> open, String threadName) {
    this.tokens = tokens;
    this.revoked = revoked;
    this.open = Set.copyOf(open);
    this.pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(LONGEST_QUEUE),
            Thread.ofPlatform().daemon().name(threadName, 0).factory());
  }

  /// For a port's interceptors; whoever opens it closes it, after the port.
  ///
  /// @param revoked asked for each call, on its thread: [Revocations#revoked]
  /// @param open full names of methods (`parley.identity.v1.IdentityService/CreateGuest`) that pass
  ///   without a token and know no caller
  public static CallerInterceptor open(
      AccessTokens tokens, Predicate<Principal> revoked, Set<String> open, NodeContext context) {
    return new CallerInterceptor(tokens, revoked, open, context.id() + "-tokens-");
  }

  /// Who makes the call that this code runs in.
  ///
  /// @throws IllegalStateException outside a call, and in calls of open methods
  public static Principal caller() {
    Principal caller = PRINCIPAL.get();
    if (caller == null) {
      throw new IllegalStateException("no caller: not inside a call that needs a token");
    }
    return caller;
  }

  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    if (open.contains(call.getMethodDescriptor().getFullMethodName())) {
      return next.startCall(call, headers);
    }
    String token = token(headers);
    Optional<Principal> known = tokens.cached(token);
    if (known.isPresent()) {
      return admit(known.get(), call, headers, next);
    }
    try {
      return DeferredStart.start(
          call, pool, () -> admit(tokens.verify(token), call, headers, next));
    } catch (RejectedExecutionException full) {
      throw Failures.exhausted("unverified_tokens", RETRY_AFTER);
    }
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }

  private <Q, S> ServerCall.Listener<Q> admit(
      Principal who, ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    if (revoked.test(who)) {
      throw Failures.unauthenticated(Unauthenticated.REVOKED);
    }
    return Contexts.interceptCall(Context.current().withValue(PRINCIPAL, who), call, headers, next);
  }

  /// The one bearer token; two would leave open which of them the door has checked.
  private static String token(Metadata headers) {
    @Nullable Iterable<String> sent = headers.getAll(AUTHORIZATION);
    Iterator<String> values =
        sent == null ? java.util.Collections.emptyIterator() : sent.iterator();
    String value = values.hasNext() ? values.next() : "";
    if (values.hasNext() || !value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw Failures.unauthenticated(Unauthenticated.MALFORMED);
    }
    return value.substring(SCHEME.length()).strip();
  }
}
