package parley.session.core;

/// Why a stream ended, and what its client does next.
public enum EndReason {
  LEFT(Next.STOP),
  LOST(Next.STOP),
  /// The peer was an AI: there is somebody to look for again.
  AI_LOST(Next.START_OVER),
  HUMAN_FOUND(Next.STOP),
  TIME_UP(Next.STOP),
  CLOSED_BY_OPERATOR(Next.STOP),
  NO_SHOW(Next.START_OVER),
  YOU_LEFT(Next.STOP),
  TAKEN_OVER(Next.STOP),
  DRAIN(Next.RESUME),
  MAX_AGE(Next.RESUME),
  REVOKED(Next.STOP),
  SLOW_READER(Next.RESUME),
  UNAVAILABLE(Next.RESUME);

  private final Next next;

  EndReason(Next next) {
    this.next = next;
  }

  public Next next() {
    return next;
  }
}
