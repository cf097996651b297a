package parley.session.core.port;

/// The archive cannot be reached now, or has no room: try again later.
public final class ArchiveAway extends RuntimeException {
  public ArchiveAway(String message, Throwable cause) {
    super(message, cause);
  }
}
