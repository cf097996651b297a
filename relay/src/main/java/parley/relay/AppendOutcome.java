package parley.relay;

import java.time.Instant;
import java.util.Optional;
import parley.domain.Position;

/// What became of one [Draft]. None but `Stored` changed the log.
public sealed interface AppendOutcome {
  /// Committed at this position; `at` is as in [LogEntry].
  record Stored(Position position, Instant at) implements AppendOutcome {}

  /// The same body under the same sequence was committed before: here, or too far back to tell.
  record Duplicate(Optional<Position> position) implements AppendOutcome {}

  /// A sequence is missing before it.
  record OutOfOrder(long expected) implements AppendOutcome {}

  /// The sequence was used for another body.
  record ContentDiffers() implements AppendOutcome {}

  /// A newer attachment of this member exists.
  record StaleAttachment() implements AppendOutcome {}

  /// The session is closed.
  record NotOpen() implements AppendOutcome {}
}
