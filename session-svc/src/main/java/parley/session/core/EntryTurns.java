package parley.session.core;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import parley.domain.NodeId;
import parley.relay.Bucket;
import parley.relay.Outbox;
import parley.relay.OutboxEntry;
import parley.relay.OutboxPage;
import parley.relay.OutboxReader;

/// Does what the outbox's entries of a reader's kinds ask for, in the order they were written, and
/// removes each when it is done. What cannot be done now is tried again, and what comes after it
/// waits. One node at a time for a bucket, each as long as its turn; off every hot path, on virtual
/// threads; thread-safe.
final class EntryTurns implements AutoCloseable {
  private static final int BUCKETS_AT_ONCE = 16;

  private final Outbox outbox;
  private final OutboxReader reader;
  private final Predicate<OutboxEntry> act;
  private final BucketTurns turns;

  /// @param act does it, and returns whether it is done; may block
  EntryTurns(Outbox outbox, OutboxReader reader, Predicate<OutboxEntry> act, NodeId node) {
    this.outbox = outbox;
    this.reader = reader;
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

  /// @return whether everything up to the end was done, here or in another node's turn
  private boolean doAll(Bucket bucket) {
    Optional<OutboxPage> page = outbox.read(bucket, reader, turns.done(bucket), List.of());
    while (page.isPresent()) {
      List<OutboxEntry> entries = page.get().entries();
      List<String> done = entries.stream().takeWhile(act).map(OutboxEntry::id).toList();
      if (done.size() < entries.size()) {
        outbox.stop(bucket, reader, done);
        return false;
      }
      String last = page.get().last();
      if (last != null) {
        turns.done(bucket, last);
      }
      if (done.isEmpty() && page.get().end()) {
        return true;
      }
      page = outbox.read(bucket, reader, last, done);
    }
    return true;
  }
}
