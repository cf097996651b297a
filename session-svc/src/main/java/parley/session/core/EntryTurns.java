package parley.session.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import parley.domain.NodeId;
import parley.relay.Bucket;
import parley.relay.Outbox;
import parley.relay.OutboxEntry;
import parley.relay.OutboxReader;

/// Does what the outbox's entries of one kind ask for, in the order they were written, and removes
/// each when it is done. What cannot be done now is tried again, and what comes after it waits. One
/// node at a time for a bucket; off every hot path, on virtual threads; thread-safe.
final class EntryTurns implements AutoCloseable {
  private static final int PAGE = 100;
  private static final int BUCKETS_AT_ONCE = 16;

  private final Outbox outbox;
  private final OutboxReader reader;
  private final OutboxEntry.Kind kind;
  private final Predicate<OutboxEntry> act;
  private final BucketTurns turns;

  /// @param act does it, and returns whether it is done; may block
  EntryTurns(
      Outbox outbox,
      OutboxReader reader,
      OutboxEntry.Kind kind,
      Predicate<OutboxEntry> act,
      NodeId node) {
    this.outbox = outbox;
    this.reader = reader;
    this.kind = kind;
    this.act = act;
    this.turns = new BucketTurns(node + "-" + reader.purpose(), BUCKETS_AT_ONCE, this::doAll);
  }

  void soon(Bucket bucket) {
    turns.soon(bucket);
  }

  void newest(Bucket bucket, String id) {
    turns.newest(bucket, id);
  }

  @Override
  public void close() {
    turns.close();
  }

  /// @return whether everything up to the end was done
  private boolean doAll(Bucket bucket) {
    String after = turns.done(bucket);
    while (true) {
      Optional<List<OutboxEntry>> page = outbox.read(bucket, reader, after, PAGE);
      if (page.isEmpty()) {
        return true;
      }
      List<String> done = new ArrayList<>();
      for (OutboxEntry entry : page.get()) {
        if (entry.kind() == kind && !act.test(entry)) {
          outbox.remove(bucket, done);
          return false;
        }
        if (entry.kind() == kind) {
          done.add(entry.id());
        }
        after = entry.id();
      }
      outbox.remove(bucket, done);
      if (after != null) {
        turns.done(bucket, after);
      }
      if (page.get().size() < PAGE) {
        return true;
      }
    }
  }
}
