package parley.relay;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.domain.SessionId;

/// One entry of an [Outbox].
///
/// @param id grows within a bucket
/// @param at when it was written, `made` when the session was; by the store's clock
/// @param who the members that had entered, by number
/// @param about as given with the session's first [Attendance]
/// @param closing of a closed session
public record OutboxEntry(
    String id,
    Kind kind,
    SessionId session,
    Instant at,
    Instant made,
    Map<Integer, Who> who,
    Body about,
    @Nullable Closing closing) {
  public OutboxEntry {
    who = Map.copyOf(who);
  }

  /// What happened to a session.
  public enum Kind {
    /// Everybody has entered.
    OPENED,
    CLOSED,
    /// Somebody waits to hear who entered: with `OPENED`, or with a `CLOSED` before that.
    SETTLE,
    /// Of another version.
    UNKNOWN
  }
}
