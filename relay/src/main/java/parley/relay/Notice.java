package parley.relay;

import java.util.List;
import parley.domain.NodeId;
import parley.domain.SessionId;

/// What one node tells another about a session: a hint that there is more, with it inside. It may
/// be lost or come twice; comparing tips heals the first and offsets the second.
public sealed interface Notice {
  SessionId session();

  /// Committed entries; `previousCheck` is that of the entry before the first.
  record Entries(SessionId session, int epoch, int previousCheck, List<LogEntry> entries)
      implements Notice {}

  /// A member attached at the telling node.
  record Attached(SessionId session, int member, long attachment, NodeId node) implements Notice {}

  /// A sign of a member's attachment.
  record Signed(SessionId session, int member, long attachment, Sign sign) implements Notice {}

  /// How far a member has come.
  record Received(SessionId session, int member, Receipt receipt) implements Notice {}

  /// The log reaches at least to here.
  record Tip(SessionId session, long offset) implements Notice {}

  record Closed(SessionId session, long tip, Closing closing) implements Notice {}

  record Murmur(SessionId session, int member, Body body) implements Notice {}
}
