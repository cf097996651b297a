package parley.session.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parley.domain.NodeId;
import parley.relay.Bucket;
import parley.relay.Outbox;
import parley.relay.OutboxEntry;
import parley.relay.OutboxPage;
import parley.relay.OutboxReader;
import parley.session.core.port.Archive;
import parley.session.core.port.ArchiveAway;
import parley.session.core.port.ArchiveJournal;
import parley.session.core.port.ArchiveRefusal;
import parley.session.core.port.Timers;

/// Brings what must last from the outbox to the archive; an entry is removed only after what it
/// says is committed there. One node at a time brings for a bucket; brought twice is harmless.
/// While the archive is away this rests, ever longer, up to ten seconds, and nobody waits for it.
/// Off every hot path, on virtual threads; thread-safe.
public final class ArchiveErrands implements Errands, AutoCloseable {
  private static final int BUCKETS_AT_ONCE = 4;
  private static final Duration SHORTEST_REST = Duration.ofMillis(250);
  private static final Duration LONGEST_REST = Duration.ofSeconds(10);

  /// How long a person may look at a report that the archive refuses: no words stay for ever.
  private static final Duration REFUSED_STAYS = Duration.ofDays(30);

  private final Outbox outbox;
  private final OutboxReader reader;
  private final Archive archive;
  private final EntryReader reading;
  private final ArchiveJournal journal;
  private final Timers timers;
  private final BucketTurns turns;
  private volatile Rest rest = new Rest(Duration.ZERO, Duration.ofNanos(Long.MIN_VALUE));

  public ArchiveErrands(
      Outbox outbox, OutboxReader reader, EntryReader reading, Parts parts, NodeId node) {
    this.turns = new BucketTurns(node + "-archive", BUCKETS_AT_ONCE, this::bringAll);
    this.outbox = outbox;
    this.reader = reader;
    this.reading = reading;
    this.archive = parts.archive();
    this.journal = parts.journal();
    this.timers = parts.timers();
  }

  /// What it needs of others.
  public record Parts(Archive archive, ArchiveJournal journal, Timers timers) {}

  /// How long a rest is, and its end by the timers' clock.
  private record Rest(Duration length, Duration until) {}

  @Override
  public void soon(Bucket bucket) {
    if (!rests()) {
      turns.soon(bucket);
    }
  }

  @Override
  public void newest(Bucket bucket, String id) {
    if (!rests()) {
      turns.newest(bucket, id);
    }
  }

  /// From now on also what was left behind is tried once more.
  public void again() {
    turns.forget();
  }

  @Override
  public void close() {
    turns.close();
  }

  private boolean rests() {
    return timers.now().compareTo(rest.until) < 0;
  }

  private boolean bringAll(Bucket bucket) {
    if (rests()) {
      return false;
    }
    Optional<OutboxPage> page = outbox.read(bucket, reader, turns.done(bucket), List.of());
    while (page.isPresent()) {
      List<OutboxEntry> entries = page.get().entries();
      List<String> done = new ArrayList<>();
      try {
        bring(entries, done);
      } catch (ArchiveAway away) {
        restFor(away);
        outbox.stop(bucket, reader, done);
        return false;
      }
      String last = page.get().last();
      if (last != null) {
        turns.done(bucket, last);
      }
      if (entries.isEmpty() && page.get().end()) {
        return true;
      }
      page = outbox.read(bucket, reader, last, done);
    }
    return true;
  }

  private void restFor(ArchiveAway away) {
    Duration twice = rest.length.multipliedBy(2);
    Duration atLeast = twice.compareTo(SHORTEST_REST) < 0 ? SHORTEST_REST : twice;
    Duration length = atLeast.compareTo(LONGEST_REST) < 0 ? atLeast : LONGEST_REST;
    rest = new Rest(length, timers.now().plus(length));
    journal.away(away);
  }

  /// @param done gathers what need not be read again
  private void bring(List<OutboxEntry> page, List<String> done) {
    List<OutboxEntry> sessions = new ArrayList<>();
    List<OutboxEntry> reports = new ArrayList<>();
    for (OutboxEntry entry : page) {
      switch (entry.kind()) {
        case OPENED, CLOSED -> sessions.add(entry);
        case REPORTED -> reports.add(entry);
        case SETTLE, REPLACED, UNKNOWN -> {}
      }
    }
    try {
      bringSessions(sessions, done);
    } catch (ArchiveRefusal | IllegalArgumentException oneOfThem) {
      sessions.forEach(entry -> bringAlone(entry, done));
    }
    reports.forEach(entry -> bringReport(entry, done));
    if (!page.isEmpty()) {
      rest = new Rest(Duration.ZERO, rest.until);
    }
  }

  private void bringSessions(List<OutboxEntry> entries, List<String> done) {
    archive.keepSessions(reading.sessions(entries));
    entries.forEach(entry -> kept(entry, done));
  }

  /// What can never be kept must not keep what follows from it.
  private void bringAlone(OutboxEntry entry, List<String> done) {
    try {
      bringSessions(List.of(entry), done);
    } catch (ArchiveRefusal | IllegalArgumentException never) {
      journal.refused(entry, never);
      done.add(entry.id());
    }
  }

  /// A report that can never be kept stays for a while, with its evidence, for a person to look at.
  private void bringReport(OutboxEntry entry, List<String> done) {
    try {
      archive.keepReport(reading.report(entry));
    } catch (ArchiveRefusal | IllegalArgumentException never) {
      journal.refused(entry, never);
      if (reading.giveUp(entry, entry.at().plus(REFUSED_STAYS))) {
        journal.givenUp(entry);
        done.add(entry.id());
      }
      return;
    }
    reading.release(entry);
    kept(entry, done);
  }

  private void kept(OutboxEntry entry, List<String> done) {
    done.add(entry.id());
    journal.kept(entry.kind());
  }
}
