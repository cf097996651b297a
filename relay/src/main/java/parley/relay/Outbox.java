package parley.relay;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What watched sessions wrote for others to keep, bucket by bucket, oldest first. The scripts that
/// complete, close and report a session write it in the same step. An entry stays until a reader
/// removes it, which it does when what the entry says is known where it belongs: entries are read
/// at least once.
///
/// A reader takes turns: it reads from where it has come to, does what the entries ask for, reads
/// on, and so forth until it finds none. From its first entry to that end the bucket is leased to
/// its node for that purpose. Nothing falls between two nodes: what is written during a turn is
/// found in that turn, or by whoever reads after it.
///
/// Blocks: for virtual threads. Thread-safe. Each method throws [LogUnavailable] if the store
/// cannot be reached.
public interface Outbox extends AutoCloseable {
  /// Removes what is done and reads on. Finding none of its kinds up to the end, it gives the
  /// bucket back; finding some, it renews the lease.
  ///
  /// @param after where to begin: the last id of the page before; null for the beginning
  /// @param done ids of entries; those that are gone already are passed over
  /// @return empty if another node's turn is on; then only what is done was removed
  Optional<OutboxPage> read(
      Bucket bucket, OutboxReader reader, @Nullable String after, List<String> done);

  /// Removes what is done and gives the bucket back, though there is more.
  void stop(Bucket bucket, OutboxReader reader, List<String> done);

  @Override
  void close();
}
