package parley.session.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import parley.domain.Position;

/// What became of a text. None but `Stored` changed anything.
public sealed interface Outcome {
  /// Committed: every member will read it, also after a crash.
  record Stored(Position position, Instant at) implements Outcome {}

  /// It was stored before; where, unless that is too far back.
  record Duplicate(Optional<Position> position) implements Outcome {}

  record OutOfOrder(long expected) implements Outcome {}

  record TooFast(Duration retryAfter) implements Outcome {}

  record TooLong(int maxCodePoints, int maxBytes) implements Outcome {}

  record NotPlainText() implements Outcome {}

  record NotOpen() implements Outcome {}

  record StaleAttachment() implements Outcome {}

  record ContentDiffers() implements Outcome {}
}
