package parley.relay;

import java.util.List;

/// What an [AppendLog] answers; which to what says [LogRequest].
public sealed interface LogAnswer {
  /// There is no such session (any more).
  record Missing() implements LogAnswer {}

  /// The time to enter for the first time is over.
  record TooLate() implements LogAnswer {}

  /// The store refused this one request; what it said is for a log line.
  record Failed(String why) implements LogAnswer {}

  record Opened() implements LogAnswer {}

  /// @param changed whether the sign moved the member
  record Signed(boolean changed, SessionFacts facts) implements LogAnswer {}

  /// @param changed whether the member has come further by it
  record Received(boolean changed, SessionFacts facts) implements LogAnswer {}

  record Ticked(BucketReport report) implements LogAnswer {}

  /// Another node looks after the bucket.
  record LeasedElsewhere() implements LogAnswer {}

  record Facts(SessionFacts facts) implements LogAnswer {}

  /// One outcome a draft, in order. Those stored follow one another; `previousCheck` is that of the
  /// entry before the first of them.
  record Appended(int epoch, int previousCheck, List<AppendOutcome> outcomes)
      implements LogAnswer {}

  record Page(LogState state, List<LogEntry> entries) implements LogAnswer {}
}
