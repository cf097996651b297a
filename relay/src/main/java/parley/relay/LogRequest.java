package parley.relay;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.domain.NodeId;
import parley.domain.SessionId;

/// What an [AppendLog] can be asked. All but `Append`, `Read` and `Look` may be repeated without
/// harm; an append is made harmless by its sequences.
public sealed interface LogRequest {
  SessionId session();

  /// Makes the state if there is none, unless `enterBy` is over; answered by `Opened` or `TooLate`.
  record Open(SessionId session, int epoch, int members, @Nullable Instant enterBy)
      implements LogRequest {}

  /// A new attachment of a member; answered by `Facts` (whose `nodes` are those before it),
  /// `TooLate` or `Missing`. `enterBy` holds for a member's first attachment only. A closed session
  /// is answered too, and not changed.
  record Attach(SessionId session, int member, NodeId node, @Nullable Instant enterBy)
      implements LogRequest {}

  /// All in one step, in order; answered by `Appended` or `Missing`.
  record Append(SessionId session, List<Draft> drafts) implements LogRequest {}

  /// Closes the session, or leaves it as it was closed; answered by `Facts` or `Missing`.
  record Close(SessionId session, Closing closing) implements LogRequest {}

  /// Up to `count` entries from an offset on, that one included; answered by `Page` or `Missing`.
  record Read(SessionId session, long from, int count) implements LogRequest {}

  /// Answered by `Facts` or `Missing`.
  record Look(SessionId session) implements LogRequest {}
}
