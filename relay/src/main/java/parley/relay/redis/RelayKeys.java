package parley.relay.redis;

import java.nio.charset.StandardCharsets;
import parley.domain.SessionId;
import parley.relay.Bucket;
import parley.relay.ReportId;

/// The relay's keys. All keys of one session carry one hash tag, `{s00}` to `{sff}`, its bucket:
/// fixed for ever, because it decides which primary holds them.
public final class RelayKeys {
  private final String prefix;

  /// @param prefix what every key of this installation starts with; no braces
  public RelayKeys(String prefix) {
    this.prefix = prefix;
  }

  /// Packed state, read and written by every append: see `log_open.lua`.
  public byte[] state(SessionId session) {
    return key(session, "h:");
  }

  /// What appends never touch. For each member `n<member>` the node it attached at last,
  /// `l<member>` that node's life, `t<member>` when (milliseconds of Redis' clock, as all times
  /// here), `s<member>` when it last gave a sign of life, `a<member>` since when it is away,
  /// `w<member>` who it is: participant and device, 8 bytes each, `d<member>` and `r<member>` the
  /// offsets up to which it received and read. Of the session `made`, `enter` and `about` if it is
  /// watched (see `log_open.lua`); `ended`, `by` and `why` once it is closed; `reported` as long as
  /// its text must not go: how many reports hold it; `report:<id>` since when one does, or
  /// `released`; `reports<member>` how many a member made.
  public byte[] facts(SessionId session) {
    return key(session, "m:");
  }

  /// A stream with ids `<offset>-<check>` and one field, `e`: see `log_append.lua`.
  public byte[] log(SessionId session) {
    return key(session, "log:");
  }

  /// A stream as the log, of what one report froze; stays until it is released.
  public byte[] evidence(SessionId session, ReportId report) {
    return key(session.bucket(), "evidence:" + session.text() + ":" + report.text());
  }

  /// A sorted set: watched sessions by when to look at them next.
  public byte[] due(Bucket bucket) {
    return key(bucket.text(), "due");
  }

  /// A stream of what must last: see `log_close.lua`.
  public byte[] outbox(Bucket bucket) {
    return key(bucket.text(), "out");
  }

  /// A hash: who looks after the bucket (`by`, `till`), when that was done `last`, till when it is
  /// `calm`, how many entries the outbox `dropped` since then; `by:` and `till:` of each purpose
  /// for which the outbox is read.
  public byte[] tick(Bucket bucket) {
    return key(bucket.text(), "tick");
  }

  private byte[] key(SessionId session, String noun) {
    return key(session.bucket(), noun + session.text());
  }

  private byte[] key(String bucket, String name) {
    return (prefix + tag(bucket) + name).getBytes(StandardCharsets.UTF_8);
  }

  /// @param bucket two hex digits
  static String tag(String bucket) {
    return "{s" + bucket + "}";
  }
}
