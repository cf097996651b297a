package parley.platform.redis;

/// A call that did not run, because its queue is full or closed.
public final class NotQueued extends IllegalStateException {
  public NotQueued(String sentence) {
    super(sentence);
  }
}
