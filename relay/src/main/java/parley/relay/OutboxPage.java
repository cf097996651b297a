package parley.relay;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A stretch of an [Outbox].
///
/// @param entries those of the reader's kinds, oldest first
/// @param last id of the last entry of any kind, where the next stretch begins; null at the
///   beginning of an empty box
/// @param end whether there was nothing after it
public record OutboxPage(List<OutboxEntry> entries, @Nullable String last, boolean end) {
  public OutboxPage {
    entries = List.copyOf(entries);
  }
}
