package parley.relay;

import java.util.List;
import parley.platform.lifecycle.NodeContext;

/// One share of the logs with everything it needs: its queue, its thread, those who listen to its
/// sessions. Branches share nothing but meters and neighbours.
final class Branch implements AutoCloseable {
  private final AppendLog log;
  private final Inbox inbox;
  private final Audience audience;
  private final CommitLoop loop;

  Branch(
      NodeContext context,
      String name,
      AppendLog log,
      Neighbours neighbours,
      RelayLimits limits,
      RelayMetrics metrics) {
    this.log = log;
    inbox = new Inbox(limits);
    audience = new Audience(context.id(), inbox, new NoticeOutbox(neighbours), metrics);
    loop = new CommitLoop(context, name, log, inbox, audience, metrics);
  }

  void start() {
    loop.start();
  }

  Inbox inbox() {
    return inbox;
  }

  /// For tasks of the branch's own thread.
  Audience audience() {
    return audience;
  }

  /// Any thread.
  void noticed(List<Notice> notices) {
    inbox.addTask(() -> notices.forEach(audience::noticed));
  }

  /// Notices were missed. Any thread.
  void compareAll() {
    inbox.addTask(audience::compareAll);
  }

  /// Ends the streams that are left with `unavailable`.
  @Override
  public void close() {
    loop.close();
    log.close();
  }
}
