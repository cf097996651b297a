package parley.platform.redis;

import java.util.List;

/// One batch at one primary: sent at once with the question who has it, then read whole.
final class Exchange {
  private final ScriptConnection connection;
  private final List<ScriptCall> calls;
  private final ScriptConnection.Redirect redirect;
  private final ReplicaWait replicas;
  private final byte[] mark;
  private boolean asked;

  Exchange(
      ScriptConnection connection,
      List<ScriptCall> calls,
      ScriptConnection.Redirect redirect,
      ReplicaWait replicas,
      byte[] mark) {
    this.connection = connection;
    this.calls = calls;
    this.redirect = redirect;
    this.replicas = replicas;
    this.mark = mark;
  }

  /// @throws RedisUnknown if the connection broke
  void begin() {
    connection.write(calls, redirect);
    asked = replicas.asks();
    if (asked) {
      replicas.ask(connection, mark);
    }
    connection.push();
  }

  /// The replies; what they tell of is committed.
  ///
  /// @throws RedisUnknown if the connection broke
  /// @throws ReplicasMissing if too few replicas had it within five seconds
  List<Object> finish() {
    List<Object> replies = connection.receive(calls.size(), redirect);
    int have = asked ? connection.replicas() : 0;
    if (connection.repeatIfForgotten(calls, replies, redirect) && asked) {
      replicas.ask(connection, mark);
      have = connection.replicas();
    }
    if (asked) {
      replicas.await(connection, mark, have);
    }
    return replies;
  }
}
