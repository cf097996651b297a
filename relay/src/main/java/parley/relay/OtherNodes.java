package parley.relay;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import parley.domain.NodeId;
import parley.domain.SessionId;

/// Finds and tells the other nodes that host a session. Loop's thread only.
final class OtherNodes {
  private final NodeId self;
  private final Inbox inbox;
  private final NoticeOutbox outbox;

  OtherNodes(NodeId self, Inbox inbox, NoticeOutbox outbox) {
    this.self = self;
    this.inbox = inbox;
    this.outbox = outbox;
  }

  void tell(HostedSession hosted, Notice notice) {
    outbox.add(hosted.nodesOtherThan(self), notice);
  }

  void tell(Iterable<NodeId> nodes, Notice notice) {
    outbox.add(nodes, notice);
  }

  /// For a session that nobody listens to here (a unary call came to a node without the member's
  /// stream): where its members are is looked up.
  void findAndTell(SessionId session, Notice notice) {
    look(
        session,
        facts -> {
          if (facts != null) {
            outbox.add(of(facts), notice);
          }
        });
  }

  Set<NodeId> of(SessionFacts facts) {
    Set<NodeId> nodes = new LinkedHashSet<>(facts.nodes().values());
    nodes.remove(self);
    return nodes;
  }

  void send() {
    outbox.send();
  }

  /// @param then gets null if there is no such session, or the log did not answer
  void look(SessionId session, Consumer<@Nullable SessionFacts> then) {
    inbox.add(
        new Work.Request(
            new LogRequest.Look(session),
            new Work.AnswerHandler() {
              @Override
              public void answered(LogAnswer answer) {
                then.accept(answer instanceof LogAnswer.Facts f ? f.facts() : null);
              }

              @Override
              public void unavailable() {
                then.accept(null);
              }
            }));
  }
}
