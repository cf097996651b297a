package parley.client.identity;

/// The server makes no guest of this person, or this person not of these terms.
public final class GuestDenied extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Why why;

  public GuestDenied(Why why, String message) {
    super(message);
    this.why = why;
  }

  public Why why() {
    return why;
  }

  /// What stood in the way.
  public enum Why {
    /// Remembered for the device until the day is over.
    UNDER_AGE,
    TERMS_DECLINED,
    /// The device is banned; another guest does not help.
    BANNED,
    DEVICE_REQUIRED,
    /// The server asks for something that this client does not know, or asks without end.
    NOT_UNDERSTOOD
  }
}
