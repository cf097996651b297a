package parley.client.call;

import io.grpc.Status;

/// A call ended in a way that trying again does not mend, or not in time.
public final class CallRefused extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Advice advice;

  public CallRefused(Advice advice, Status status, Throwable cause) {
    super(sentence(status), cause);
    this.advice = advice;
  }

  /// What the last try's ending asked for.
  public Advice advice() {
    return advice;
  }

  /// A status as a person can read it.
  public static String sentence(Status status) {
    String message = status.getDescription();
    return message == null || message.isBlank()
        ? status.getCode().name()
        : status.getCode().name() + ": " + message;
  }
}
