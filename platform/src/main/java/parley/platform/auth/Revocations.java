package parley.platform.auth;

import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.domain.Principal;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.RedisConfig;
import parley.platform.redis.StreamEntry;
import parley.platform.redis.StreamFollower;

/// What identity-svc has revoked and still matters, known to this node within milliseconds.
/// Thread-safe; asking never blocks.
///
/// While Redis is away nothing new is heard and what is known stays; [#unreadFor] says for how
/// long. The caller decides what that means: after 10 s no new entries, after 60 s live streams
/// end.
public final class Revocations implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Revocations.class);
  private static final Duration FIRST_READ_PATIENCE = Duration.ofSeconds(2);

  private final List<Consumer<Revocation>> listeners = new CopyOnWriteArrayList<>();

  /// Revoked id (of a family, participant or device) to the `nanoTime` when it matters no more.
  private final ConcurrentMap<Record, Long> revoked = new ConcurrentHashMap<>();

  /// In the order of reading; touched by the follower's thread alone.
  private final Deque<Known> oldestFirst = new ArrayDeque<>();

  private final StreamFollower follower;

  private Revocations(RedisConfig redis, NodeContext context) {
    this.follower =
        StreamFollower.follow(
            redis,
            RevocationStream.key(redis),
            this::read,
            context.id() + "-revocations",
            FIRST_READ_PATIENCE);
    TimeGauge.builder(
            "parley.auth.revocations.unread",
            follower,
            TimeUnit.MILLISECONDS,
            it -> it.unreadFor().toMillis())
        .description("Time since the stream of revocations was last read to its end")
        .register(context.meters());
  }

  /// Reads what can still matter, then follows. Waits up to two seconds for the first; without
  /// Redis it starts nevertheless, and [#unreadFor] says so.
  public static Revocations follow(RedisConfig redis, NodeContext context) {
    return new Revocations(redis, context);
  }

  /// Hears every revocation from now on, once, on the follower's thread: it must not block for
  /// long.
  public void onRevoked(Consumer<Revocation> listener) {
    listeners.add(listener);
  }

  /// Whether tokens of this principal count no more.
  public boolean revoked(Principal who) {
    return !revoked.isEmpty()
        && (matters(who.family()) || matters(who.participant()) || matters(who.device()));
  }

  /// How long ago the stream was last read to its end; a day if that never happened.
  public Duration unreadFor() {
    return follower.unreadFor();
  }

  @Override
  public void close() {
    follower.close();
  }

  private boolean matters(Record id) {
    Long until = revoked.get(id);
    return until != null && until - System.nanoTime() > 0;
  }

  private void read(StreamEntry entry) {
    byte[] value = entry.fields().get(RevocationStream.FIELD);
    Duration left = RevocationStream.KEPT.minus(entry.age());
    forgetOld();
    if (value != null && left.isPositive()) {
      RevocationStream.read(value)
          .ifPresentOrElse(
              revocation -> learn(revocation, System.nanoTime() + left.toNanos()),
              () -> LOG.atWarn().log("revocation of a kind that this build does not know"));
    }
  }

  private void learn(Revocation revocation, long untilNanos) {
    Record subject = revocation.subject();
    boolean news = !matters(subject);
    revoked.put(subject, untilNanos);
    oldestFirst.add(new Known(subject, untilNanos));
    if (news) {
      listeners.forEach(listener -> tell(listener, revocation));
    }
  }

  private void forgetOld() {
    long now = System.nanoTime();
    for (Known known = oldestFirst.peek();
        known != null && known.untilNanos() - now <= 0;
        known = oldestFirst.peek()) {
      oldestFirst.remove();
      revoked.remove(known.subject(), known.untilNanos());
    }
  }

  private static void tell(Consumer<Revocation> listener, Revocation revocation) {
    try {
      listener.accept(revocation);
    } catch (RuntimeException fault) {
      LOG.atError().setCause(fault).log("listener of revocations failed");
    }
  }

  private record Known(Record subject, long untilNanos) {}
}
