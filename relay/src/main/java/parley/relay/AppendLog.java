package parley.relay;

import java.util.List;

/// Where the logs are kept: the one port of the relay's commit loop, called by that loop's thread
/// only.
///
/// One `run` is one batch. When it returns, everything in it is committed, and only then may
/// anything of it leave the node. The requests of one session are executed in the order given.
public interface AppendLog extends AutoCloseable {
  /// Executes all and answers each. If the connection breaks it connects again and sends the
  /// **whole** batch again: what ran twice is told by sequences and by `Draft.check`.
  ///
  /// @throws LogUnavailable after a bounded time; each request may or may not have run
  List<LogAnswer> run(List<LogRequest> requests);

  /// Grows whenever what was read before may no longer be the log's history (a new connection,
  /// perhaps to another primary): every cursor must then be compared with the log again.
  long incarnation();

  /// Any thread: a batch in flight ends as unavailable.
  @Override
  void close();
}
