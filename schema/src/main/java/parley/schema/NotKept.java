package parley.schema;

/// The database could not be brought up to date; the message is a sentence for a person. What was
/// done stays done, and the next run goes on.
public final class NotKept extends RuntimeException {
  NotKept(String message, Throwable cause) {
    super(message, cause);
  }
}
