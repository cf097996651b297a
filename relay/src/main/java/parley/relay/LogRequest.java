package parley.relay;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.domain.NodeId;
import parley.domain.SessionId;

/// What an [AppendLog] can be asked. All but `Append`, `Read` and `Look` may be repeated without
/// harm; an append is made harmless by its sequences.
public sealed interface LogRequest {
  SessionId session();

  /// Makes the state if there is none, unless `enterBy` is over; answered by `Opened` or `TooLate`.
  ///
  /// @param watched null for a log that nobody watches
  record Open(
      SessionId session,
      int epoch,
      int members,
      @Nullable Instant enterBy,
      @Nullable Watched watched)
      implements LogRequest {
    public Open(SessionId session, int epoch, int members, @Nullable Instant enterBy) {
      this(session, epoch, members, enterBy, null);
    }
  }

  /// A [Beginning], with its first entry ready to be written.
  record Watched(Body about, @Nullable Draft opening, Map<Integer, Duration> patience) {
    public Watched {
      patience = Map.copyOf(patience);
    }
  }

  /// A new attachment of a member; answered by `Facts` (whose `nodes` are those before it),
  /// `TooLate` or `Missing`. `enterBy` holds for a member's first attachment only. A closed session
  /// is answered too, and not changed.
  ///
  /// @param who and `replaces` as in [Attendance]; null for a log that nobody watches
  record Attach(
      SessionId session,
      int member,
      NodeLife at,
      @Nullable Instant enterBy,
      @Nullable Who who,
      @Nullable SessionId replaces)
      implements LogRequest {
    public Attach(SessionId session, int member, NodeId node, @Nullable Instant enterBy) {
      this(session, member, new NodeLife(node, 0), enterBy, null, null);
    }
  }

  /// All in one step, in order; answered by `Appended` or `Missing`.
  record Append(SessionId session, List<Draft> drafts) implements LogRequest {}

  /// An entry that no member wrote, into a log that nobody watches; once for each delivery id among
  /// those that are kept. Makes the state, with this epoch, if there is none; answered by
  /// `Appended` with one outcome, `Stored` or `Duplicate`.
  record Deliver(SessionId session, int epoch, String delivery, Draft draft)
      implements LogRequest {}

  /// A sign of a member's attachment; older ones change nothing. Answered by `Signed` or `Missing`.
  record Note(SessionId session, int member, long attachment, Sign sign) implements LogRequest {}

  /// How far a member has come, as its attachment says; older attachments change nothing, neither
  /// do lower numbers, and none goes beyond the tip. Answered by `Received` or `Missing`.
  record Receive(SessionId session, int member, long attachment, Receipt upTo)
      implements LogRequest {}

  /// Closes the session, or leaves it as it was closed; answered by `Facts` or `Missing`.
  ///
  /// @param ifStill if given, it stays open when this member is not lost (any more)
  record Close(SessionId session, Closing closing, @Nullable Lost ifStill) implements LogRequest {
    public Close(SessionId session, Closing closing) {
      this(session, closing, null);
    }
  }

  /// Up to `count` entries from an offset on, that one included, and no more after `bytes` of them,
  /// but two at least; answered by `Page` or `Missing`.
  record Read(SessionId session, long from, int count, int bytes) implements LogRequest {
    public Read(SessionId session, long from, int count) {
      this(session, from, count, Integer.MAX_VALUE);
    }
  }

  /// Answered by `Facts` or `Missing`.
  record Look(SessionId session) implements LogRequest {}

  /// Looks at the watched sessions of a bucket whose time has come; answered by `Ticked` or
  /// `LeasedElsewhere`.
  ///
  /// @param lives of all nodes whose lease lasts; empty if that is not known
  record Tick(Bucket bucket, NodeId by, WatchRule rule, List<NodeLife> lives)
      implements LogRequest {
    @Override
    public SessionId session() {
      return bucket.someSession();
    }
  }
}
