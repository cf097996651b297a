package parley.platform.redis;

/// A connection broke before all replies were read: each call of the batch may or may not have run.
/// Never read as a failure: connect again and send the whole batch again.
public final class RedisUnknown extends RuntimeException {
  public RedisUnknown(String message, Throwable cause) {
    super(message, cause);
  }
}
