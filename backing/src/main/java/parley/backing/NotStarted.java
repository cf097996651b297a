package parley.backing;

/// A server of this machine could not be started; the message is a sentence for a person.
public final class NotStarted extends RuntimeException {
  public NotStarted(String message) {
    super(message);
  }
}
