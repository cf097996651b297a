package parley.relay;

/// What the log knows of one member: its newest attachment (0: never attached), the sequence and
/// the place of its last message (0: none).
public record MemberState(long attachment, long sequence, long lastOffset, int lastCheck) {
  public boolean hasEntered() {
    return attachment > 0;
  }
}
