package parley.session;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.relay.OutboxEntry;
import parley.session.core.port.ArchiveAway;
import parley.session.core.port.ArchiveJournal;

/// What was brought to the archive and what was not: `parley.session.archive.<fact>`. How much
/// waits, and since when, is told by [OutboxMeters]; whether PostgreSQL is away, by
/// `parley.postgres.away`.
final class ArchiveMeters implements ArchiveJournal {
  private static final Logger LOG = LoggerFactory.getLogger("parley.session");

  private final MeterRegistry meters;
  private final Counter failures;

  ArchiveMeters(MeterRegistry meters) {
    this.meters = meters;
    failures = meters.counter("parley.session.archive.failures");
  }

  @Override
  public void kept(OutboxEntry.Kind kind) {
    meters.counter("parley.session.archive.kept", "what", word(kind)).increment();
  }

  @Override
  public void away(ArchiveAway why) {
    failures.increment();
  }

  @Override
  public void refused(OutboxEntry entry, RuntimeException why) {
    meters.counter("parley.session.archive.refused", "what", word(entry.kind())).increment();
    LOG.atError()
        .addKeyValue("session", entry.session())
        .addKeyValue("what", word(entry.kind()))
        .addKeyValue("why", why.getMessage())
        .log("the archive does not take an entry");
  }

  @Override
  public void givenUp(OutboxEntry entry) {
    meters.counter("parley.session.archive.given_up").increment();
    LOG.atError()
        .addKeyValue("session", entry.session())
        .addKeyValue("at", entry.at())
        .log("a report that the archive never took is gone");
  }

  private static String word(OutboxEntry.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
