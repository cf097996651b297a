package parley.match.core.port;

/// Where blocks are kept cannot be reached now: try again later.
public final class BlocksAway extends RuntimeException {
  public BlocksAway(String message, Throwable cause) {
    super(message, cause);
  }
}
