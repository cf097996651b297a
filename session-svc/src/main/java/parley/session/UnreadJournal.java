package parley.session;

import parley.domain.SessionId;
import parley.relay.Bucket;
import parley.relay.BucketReport;
import parley.relay.ReportAnswer;
import parley.session.core.Admission;
import parley.session.core.EndReason;
import parley.session.core.port.Journal;

/// For what no operator needs to know of.
final class UnreadJournal implements Journal {
  @Override
  public void entered(Admission member, long attachment) {}

  @Override
  public void left(Admission member) {}

  @Override
  public void reported(Admission by, ReportAnswer answer) {}

  @Override
  public void ended(Admission member, EndReason reason) {}

  @Override
  public void looked(Bucket bucket, BucketReport report) {}

  @Override
  public void leftToOthers(Bucket bucket) {}

  @Override
  public void wentAway() {}

  @Override
  public void reaped(SessionId session, EndReason why) {}
}
