package parley.session.api;

import java.time.Duration;

/// What may wait for readers.
///
/// @param frames for one of them
/// @param bytes for one of them
/// @param nodeBytes for all of a node together; beyond it, a sixteenth of `bytes` is enough for one
/// @param holdStored how long a frame that says nothing but `stored` waits for another one, because
///   a write to the transport costs more than what is in it; zero: never
public record QueueBounds(int frames, long bytes, long nodeBytes, Duration holdStored) {
  public static final QueueBounds DEFAULTS =
      new QueueBounds(256, 256 * 1024, 16 << 20, Duration.ofMillis(5));
}
