package parley.session;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import parley.domain.SessionId;
import parley.relay.Bucket;
import parley.relay.BucketReport;
import parley.relay.ReportAnswer;
import parley.session.core.Admission;
import parley.session.core.EndReason;
import parley.session.core.port.Journal;

/// The service's log lines and counters: `parley.session.<noun>.<fact>`. What the relay counts
/// stands in `parley.relay`.
final class SessionJournal implements Journal {
  private static final Logger LOG = LoggerFactory.getLogger("parley.session");

  private final MeterRegistry meters;
  private final Counter entered;
  private final Counter resumed;
  private final Counter left;
  private final Counter looked;
  private final Counter away;
  private final OutboxMeters outboxes;

  SessionJournal(MeterRegistry meters) {
    this.meters = meters;
    entered = meters.counter("parley.session.members.entered");
    resumed = meters.counter("parley.session.members.resumed");
    left = meters.counter("parley.session.members.left");
    looked = meters.counter("parley.session.buckets.looked");
    away = meters.counter("parley.session.members.orphaned");
    outboxes = new OutboxMeters(meters);
  }

  void countStreams(Supplier<Number> streams) {
    Gauge.builder("parley.session.streams.open", streams).register(meters);
  }

  @Override
  public void entered(Admission member, long attachment) {
    (attachment > 1 ? resumed : entered).increment();
    line(member).addKeyValue("attachment", attachment).log("entered");
  }

  @Override
  public void left(Admission member) {
    left.increment();
    line(member).log("left");
  }

  @Override
  public void reported(Admission by, ReportAnswer answer) {
    String word = answer.name().toLowerCase(Locale.ROOT);
    meters.counter("parley.session.reports.made", "answer", word).increment();
    line(by).addKeyValue("answer", word).log("reported");
  }

  @Override
  public void ended(Admission member, EndReason reason) {
    String word = reason.name().toLowerCase(Locale.ROOT);
    meters.counter("parley.session.streams.ended", "reason", word).increment();
    line(member).addKeyValue("reason", word).log("closed");
  }

  @Override
  public void looked(Bucket bucket, BucketReport report) {
    looked.increment();
    outboxes.looked(bucket, report);
  }

  @Override
  public void leftToOthers(Bucket bucket) {
    outboxes.forget(bucket);
  }

  @Override
  public void wentAway() {
    away.increment();
  }

  @Override
  public void reaped(SessionId session, EndReason why) {
    String word = why.name().toLowerCase(Locale.ROOT);
    meters.counter("parley.session.sessions.reaped", "reason", word).increment();
    LOG.atInfo().addKeyValue("session", session).addKeyValue("reason", word).log("reaped");
  }

  private static LoggingEventBuilder line(Admission member) {
    return LOG.atInfo()
        .addKeyValue("correlation", member.correlation())
        .addKeyValue("match", member.match())
        .addKeyValue("session", member.session())
        .addKeyValue("member", member.member());
  }
}
