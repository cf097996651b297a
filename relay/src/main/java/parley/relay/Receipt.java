package parley.relay;

/// How far a member has come: the offsets up to which entries reached it, and were read by it. Both
/// only grow; what was read was delivered.
public record Receipt(long delivered, long read) {
  public static final Receipt NONE = new Receipt(0, 0);

  public Receipt {
    delivered = Math.max(delivered, read);
  }

  /// The higher of both, number by number.
  public Receipt and(Receipt other) {
    return new Receipt(Math.max(delivered, other.delivered), Math.max(read, other.read));
  }
}
