package parley.relay.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.List;
import parley.domain.SessionId;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.Primaries;
import parley.platform.redis.RedisConfig;
import parley.relay.AppendLog;
import parley.relay.AppendLogs;
import parley.relay.Bucket;

/// One share of the logs for each primary there was at the start; a bucket belongs to the share of
/// the primary that had it then. A bucket that moves stays in its share, whose connections follow
/// it ([parley.platform.redis.ScriptCommits]): streams stay open, and until the node is started
/// again the share waits for two primaries instead of one.
public final class RedisAppendLogs implements AppendLogs {
  private final List<AppendLog> shares;
  private final int[] shareOfBucket;

  private RedisAppendLogs(List<AppendLog> shares, int[] shareOfBucket) {
    this.shares = List.copyOf(shares);
    this.shareOfBucket = shareOfBucket;
  }

  /// Connects.
  ///
  /// @throws parley.platform.redis.RedisUnknown if no primary answers
  public static RedisAppendLogs open(
      RedisConfig config, LogRetention retention, NodeContext context) {
    Primaries primaries = Primaries.find(config);
    int[] shareOfBucket =
        Bucket.all().stream()
            .map(bucket -> RelayKeys.tag(bucket.text()).getBytes(US_ASCII))
            .mapToInt(primaries::indexOf)
            .toArray();
    List<AppendLog> shares = new ArrayList<>();
    for (int share = 1; share <= primaries.count(); share++) {
      shares.add(RedisAppendLog.open(config, retention, "relay-" + share, context));
    }
    return new RedisAppendLogs(shares, shareOfBucket);
  }

  @Override
  public List<AppendLog> shares() {
    return shares;
  }

  @Override
  public int shareOf(SessionId session) {
    return shares.size() == 1 ? 0 : shareOfBucket[Bucket.of(session).number()];
  }
}
