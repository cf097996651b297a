package parley.match.core.port;

/// The pool cannot be reached now, or this node may not act in it (its lease is over, or the pool
/// lost its state and is being filled again): resume in a moment.
public final class PoolUnavailable extends RuntimeException {
  public PoolUnavailable(String message) {
    super(message);
  }

  public PoolUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
