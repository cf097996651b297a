package parley.session.api;

import java.time.Duration;

/// What may wait for one reader.
///
/// @param holdStored how long a frame that says nothing but `stored` waits for another one, because
///   a write to the transport costs more than what is in it; zero: never
public record QueueBounds(int frames, long bytes, Duration holdStored) {
  public static final QueueBounds DEFAULTS = new QueueBounds(256, 256 * 1024, Duration.ofMillis(5));
}
