package parley.session.api;

/// What may wait for one reader.
public record QueueBounds(int frames, long bytes) {
  public static final QueueBounds DEFAULTS = new QueueBounds(256, 256 * 1024);
}
