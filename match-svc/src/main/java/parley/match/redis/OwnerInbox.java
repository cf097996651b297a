package parley.match.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import parley.domain.Cohort;
import parley.match.core.OwnerNews;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.RedisConfig;
import parley.platform.redis.StreamFollower;

/// What other nodes did to this owner's tickets: one stream in each cohort, each read on a thread
/// of its own. After a broken connection a stream is read from its start; [InboxReader] says what
/// of that the owner hears once more.
public final class OwnerInbox implements AutoCloseable {
  private static final Duration FIRST_READ_PATIENCE = Duration.ofSeconds(2);

  private final List<StreamFollower> followers = new ArrayList<>();

  private OwnerInbox() {}

  /// Hears all news in order, on the reading threads; the listener must not block.
  public static OwnerInbox follow(
      RedisConfig redis, OwnerLease lease, Consumer<OwnerNews> listener, NodeContext context) {
    OwnerInbox inbox = new OwnerInbox();
    for (Cohort cohort : lease.cohorts()) {
      inbox.followers.add(
          StreamFollower.follow(
              redis,
              MatchKeys.of(redis).inbox(cohort, lease.owner()),
              new InboxReader(cohort, listener),
              context.id() + "-inbox-" + cohort.code(),
              FIRST_READ_PATIENCE));
    }
    return inbox;
  }

  @Override
  public void close() {
    followers.forEach(StreamFollower::close);
  }
}
