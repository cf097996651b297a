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
/// @param reported of a report
/// @param other the session that a member left for this one
public record OutboxEntry(
    String id,
    Kind kind,
    SessionId session,
    Instant at,
    Instant made,
    Map<Integer, Who> who,
    Body about,
    @Nullable Closing closing,
    @Nullable Reported reported,
    @Nullable SessionId other) {
  public OutboxEntry {
    who = Map.copyOf(who);
  }

  /// Who reported whom; what was said is to be had from [History#evidence].
  ///
  /// @param about as given with the report
  public record Reported(ReportId id, int by, int whom, Body about) {}

  /// What happened to a session.
  public enum Kind {
    /// Everybody has entered.
    OPENED,
    CLOSED,
    /// Somebody waits to hear who entered: with `OPENED`, or with a `CLOSED` before that.
    SETTLE,
    /// A member was reported. What was frozen stays until [History#release].
    REPORTED,
    /// A member entered whose other session somebody has to close now.
    REPLACED,
    /// Of another version.
    UNKNOWN
  }
}
