package parley.relay.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.platform.redis.RedisConfig;
import parley.platform.redis.RedisRefusal;
import parley.platform.redis.RedisUnknown;
import parley.platform.redis.ScriptCall;
import parley.platform.redis.ScriptConnection;
import parley.relay.AppendLog;
import parley.relay.LogAnswer;
import parley.relay.LogRequest;
import parley.relay.LogUnavailable;

/// The logs in Redis Streams, by scripts over one connection to one primary.
///
/// Committed means that the replies are in: with replicas a WAIT comes after the batch, here and
/// nowhere else.
public final class RedisAppendLog implements AppendLog {
  private static final Logger LOG = LoggerFactory.getLogger(RedisAppendLog.class);

  /// For a connection that comes back and breaks again; one that does not come back is given up
  /// sooner.
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private static final List<String> WRONG_SERVER =
      List.of("READONLY", "MOVED", "ASK", "CLUSTERDOWN", "MASTERDOWN", "LOADING");

  private final ScriptConnection connection;
  private final LogScripts scripts;

  private RedisAppendLog(ScriptConnection connection, LogScripts scripts) {
    this.connection = connection;
    this.scripts = scripts;
  }

  /// Connects.
  ///
  /// @throws RedisUnknown if no primary answers
  public static RedisAppendLog open(RedisConfig config, LogRetention retention) {
    return new RedisAppendLog(
        ScriptConnection.open(config), new LogScripts(new RelayKeys(config.prefix()), retention));
  }

  @Override
  public List<LogAnswer> run(List<LogRequest> requests) {
    List<ScriptCall> calls = new ArrayList<>(requests.size());
    for (LogRequest request : requests) {
      calls.add(scripts.call(request));
    }
    List<Object> replies = runUntilKnown(calls);
    List<LogAnswer> answers = new ArrayList<>(requests.size());
    for (int i = 0; i < requests.size(); i++) {
      answers.add(LogReplies.answer(requests.get(i), replies.get(i)));
    }
    return answers;
  }

  @Override
  public long incarnation() {
    return connection.incarnation();
  }

  @Override
  public void close() {
    connection.close();
  }

  private List<Object> runUntilKnown(List<ScriptCall> calls) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        List<Object> replies = connection.run(calls);
        replies.forEach(RedisAppendLog::refuseWrongServer);
        return replies;
      } catch (RedisUnknown broken) {
        reconnect(calls.size(), deadline, broken);
      }
    }
  }

  /// A server that is no primary (any more) for these keys is like a broken connection.
  private static void refuseWrongServer(@Nullable Object reply) {
    if (reply instanceof RedisRefusal refusal) {
      String why = String.valueOf(refusal.getMessage());
      if (WRONG_SERVER.stream().anyMatch(why::startsWith)) {
        throw new RedisUnknown(why, refusal);
      }
    }
  }

  private void reconnect(int calls, long deadline, RedisUnknown broken) {
    LOG.atWarn().addKeyValue("calls", calls).log("batch broke: {}", broken.getMessage());
    if (System.nanoTime() - deadline > 0) {
      throw new LogUnavailable("connection breaks again and again", broken);
    }
    try {
      connection.reconnect();
    } catch (RedisUnknown down) {
      throw new LogUnavailable("no primary answers", down);
    }
  }
}
