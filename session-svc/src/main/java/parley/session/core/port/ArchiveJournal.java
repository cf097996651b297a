package parley.session.core.port;

import parley.relay.OutboxEntry;

/// What an operator reads and counts of the archive. Does not block.
public interface ArchiveJournal {
  /// Committed there, and gone from the outbox.
  void kept(OutboxEntry.Kind kind);

  /// Not now; it is tried again.
  void away(ArchiveAway why);

  /// Can never be kept. A session is given up; a report waits in the outbox for a person, for a
  /// while.
  void refused(OutboxEntry entry, RuntimeException why);

  /// A report that could never be kept is gone, with its evidence: nobody came for it in time.
  void givenUp(OutboxEntry entry);
}
