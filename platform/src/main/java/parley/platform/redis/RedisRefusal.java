package parley.platform.redis;

/// Redis answered one call with an error: the call did nothing, or a script stopped where it says.
/// The message is Redis' own.
public final class RedisRefusal extends RuntimeException {
  public RedisRefusal(String message, Throwable cause) {
    super(message, cause);
  }
}
