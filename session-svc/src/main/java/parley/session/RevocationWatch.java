package parley.session;

import java.time.Duration;
import parley.domain.Principal;
import parley.platform.auth.Revocations;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.RedisConfig;
import parley.session.core.Conversations;
import parley.session.core.port.Timers;

/// Ends the streams of whoever is revoked. While revocations cannot be read nobody is known to be
/// good: soon nobody new enters, later the streams that are open end too.
final class RevocationWatch implements AutoCloseable {
  private static final Duration NOBODY_ENTERS_AFTER = Duration.ofSeconds(10);
  private static final Duration STREAMS_END_AFTER = Duration.ofSeconds(60);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final Revocations revocations;
  private final Conversations conversations;
  private final Timers timers;

  private RevocationWatch(Revocations revocations, Conversations conversations, Timers timers) {
    this.revocations = revocations;
    this.conversations = conversations;
    this.timers = timers;
  }

  static RevocationWatch start(
      RedisConfig redis, Conversations conversations, Timers timers, NodeContext context) {
    RevocationWatch watch =
        new RevocationWatch(Revocations.follow(redis, context), conversations, timers);
    conversations.guard(watch.revocations::revoked);
    watch.revocations.onRevoked(revocation -> conversations.revoke(revocation::covers));
    watch.look();
    return watch;
  }

  boolean revoked(Principal who) {
    return revocations.revoked(who);
  }

  @Override
  public void close() {
    revocations.close();
  }

  private void look() {
    timers.after(LOOK_EVERY, this::look); // first: whatever comes of this look, there is a next
    act(conversations, revocations.unreadFor());
  }

  static void act(Conversations conversations, Duration unreadFor) {
    if (unreadFor.compareTo(NOBODY_ENTERS_AFTER) > 0) {
      conversations.suspend();
    } else {
      conversations.goOn();
    }
    if (unreadFor.compareTo(STREAMS_END_AFTER) > 0) {
      conversations.interrupt();
    }
  }
}
