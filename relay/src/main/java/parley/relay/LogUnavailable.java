package parley.relay;

/// The log could not be reached in time. Unknown, not failed: what was asked may have happened.
public final class LogUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1;

  public LogUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
