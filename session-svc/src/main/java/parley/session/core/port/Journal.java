package parley.session.core.port;

import parley.domain.SessionId;
import parley.relay.Bucket;
import parley.relay.BucketReport;
import parley.relay.ReportAnswer;
import parley.session.core.Admission;
import parley.session.core.EndReason;

/// What an operator reads and counts. Never words. Does not block.
public interface Journal {
  void entered(Admission member, long attachment);

  /// A member ended the session.
  void left(Admission member);

  void reported(Admission by, ReportAnswer answer);

  /// A stream ended, for whatever reason.
  void ended(Admission member, EndReason reason);

  /// This node looked after a bucket.
  void looked(Bucket bucket, BucketReport report);

  /// Another node looks after this bucket.
  void leftToOthers(Bucket bucket);

  /// A member of a dead node was marked away.
  void wentAway();

  /// A session was closed because of what was found in a look.
  void reaped(SessionId session, EndReason why);
}
