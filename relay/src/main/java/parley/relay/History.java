package parley.relay;

import java.time.Instant;
import java.util.List;
import parley.domain.SessionId;

/// What sessions have said, for who reads back and for who has to keep it: pages of logs, and the
/// evidence of reports. Reads the store itself, not what a node knows of it, so any node will do.
///
/// Blocks: for virtual threads. Thread-safe. Each method throws [LogUnavailable] if the store
/// cannot be reached: then it may or may not have been done, and may be repeated.
public interface History extends AutoCloseable {
  /// One page of a session's log, also after the end until the text is gone.
  HistoryAnswer page(SessionId session, HistoryQuery query);

  /// Copies the last words of a member, with what came before each, to where they stay until
  /// `release`; writes `reported` into the outbox and stops the clock of the session's text, all in
  /// one step, committed on return. Repeating a report (by its id) changes nothing.
  ReportAnswer report(Report report);

  /// What a report froze, in the order of the log; empty if it was released, or there never was
  /// any.
  List<LogEntry> evidence(SessionId session, ReportId report);

  /// What a report froze is kept elsewhere: forgets it here, and lets the clock of the session's
  /// text go on if no other report holds it. May be repeated.
  void release(SessionId session, ReportId report);

  /// As `release`, of what nobody will ever keep; but not before this moment of the store's clock:
  /// false then.
  boolean giveUp(SessionId session, ReportId report, Instant notBefore);

  @Override
  void close();
}
