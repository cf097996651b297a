package parley.session.core.port;

/// The archive never takes what it was given. The message says why, without what it was.
public final class ArchiveRefusal extends RuntimeException {
  public ArchiveRefusal(String message, Throwable cause) {
    super(message, cause);
  }
}
