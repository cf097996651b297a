package parley.relay.redis;

import java.util.ArrayList;
import java.util.List;
import parley.platform.lifecycle.NodeContext;
import parley.platform.redis.RedisConfig;
import parley.platform.redis.RedisUnknown;
import parley.platform.redis.ScriptCall;
import parley.platform.redis.ScriptCommits;
import parley.relay.AppendLog;
import parley.relay.LogAnswer;
import parley.relay.LogRequest;
import parley.relay.LogUnavailable;

/// The logs in Redis Streams, by scripts; committed as [ScriptCommits] says.
public final class RedisAppendLog implements AppendLog {
  private final ScriptCommits commits;
  private final LogScripts scripts;

  private RedisAppendLog(ScriptCommits commits, LogScripts scripts) {
    this.commits = commits;
    this.scripts = scripts;
  }

  /// Connects.
  ///
  /// @throws RedisUnknown if no primary answers
  public static RedisAppendLog open(
      RedisConfig config, LogRetention retention, NodeContext context) {
    return open(config, retention, "relay", context);
  }

  /// @param queue as [ScriptCommits#open] says
  static RedisAppendLog open(
      RedisConfig config, LogRetention retention, String queue, NodeContext context) {
    return new RedisAppendLog(
        ScriptCommits.open(config, queue, context),
        new LogScripts(new RelayKeys(config.prefix()), retention));
  }

  @Override
  public List<LogAnswer> run(List<LogRequest> requests) {
    List<ScriptCall> calls = new ArrayList<>(requests.size());
    for (LogRequest request : requests) {
      calls.add(scripts.call(request));
    }
    List<Object> replies = committed(calls);
    List<LogAnswer> answers = new ArrayList<>(requests.size());
    for (int i = 0; i < requests.size(); i++) {
      answers.add(LogReplies.answer(requests.get(i), replies.get(i)));
    }
    return answers;
  }

  @Override
  public long incarnation() {
    return commits.incarnation();
  }

  @Override
  public void close() {
    commits.close();
  }

  private List<Object> committed(List<ScriptCall> calls) {
    try {
      return commits.run(calls);
    } catch (RedisUnknown lost) {
      throw new LogUnavailable("not committed in time", lost);
    }
  }
}
