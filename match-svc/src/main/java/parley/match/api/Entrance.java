package parley.match.api;

import io.grpc.ServerInterceptor;
import java.time.Duration;
import java.util.Set;
import parley.platform.auth.AccessTokens;
import parley.platform.auth.AuthConfig;
import parley.platform.auth.CallerInterceptor;
import parley.platform.auth.Revocations;
import parley.platform.grpc.Failures;
import parley.platform.lifecycle.Lifecycle;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.RedisConfig;

/// Who may come in. Streams of revoked tokens end; and new tickets are not let in while revocations
/// have been unread for too long, because somebody banned could not be told from others.
public final class Entrance implements AutoCloseable {
  private static final Duration LONGEST_UNREAD = Duration.ofSeconds(10);

  private final Lifecycle lifecycle;
  private final Revocations revocations;
  private final CallerInterceptor callers;

  private Entrance(Lifecycle lifecycle, Revocations revocations, CallerInterceptor callers) {
    this.lifecycle = lifecycle;
    this.revocations = revocations;
    this.callers = callers;
  }

  /// @param streams end when their tokens are revoked
  public static Entrance open(
      AuthConfig auth, RedisConfig redis, FindPeerStreams streams, NodeContext context) {
    Lifecycle lifecycle = new Lifecycle();
    try {
      AccessTokens tokens = AccessTokens.open(auth, context);
      Revocations revocations = lifecycle.own(Revocations.follow(redis, context));
      revocations.onRevoked(revocation -> streams.revoke(revocation::covers));
      CallerInterceptor callers =
          lifecycle.own(CallerInterceptor.open(tokens, revocations::revoked, Set.of(), context));
      return new Entrance(lifecycle, revocations, callers);
    } catch (RuntimeException failed) {
      lifecycle.close();
      throw failed;
    }
  }

  /// For the serving port.
  public ServerInterceptor callers() {
    return callers;
  }

  /// @throws io.grpc.StatusRuntimeException as [Failures#unavailable] makes it
  void checkOpen() {
    if (revocations.unreadFor().compareTo(LONGEST_UNREAD) > 0) {
      throw Failures.unavailable();
    }
  }

  @Override
  public void close() {
    lifecycle.close();
  }
}
