package parley.relay;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What watched sessions wrote for others to keep, bucket by bucket, oldest first. The scripts that
/// complete, close and report a session write it in the same step. An entry stays until a reader
/// removes it, which it does when what the entry says is known where it belongs: entries are read
/// at least once.
///
/// Blocks: for virtual threads. Thread-safe. Each method throws [LogUnavailable] if the store
/// cannot be reached.
public interface Outbox extends AutoCloseable {
  /// Up to `count` entries after an id, of all kinds; empty if another node reads this bucket for
  /// the same purpose. Reading renews the lease.
  ///
  /// @param after the id of the last entry read; null for the first one there is
  Optional<List<OutboxEntry>> read(
      Bucket bucket, OutboxReader reader, @Nullable String after, int count);

  /// Those that are gone already are passed over.
  void remove(Bucket bucket, List<String> ids);

  @Override
  void close();
}
